#if TLS
  import Waiters

  /// How late what has a deadline may end: less than the five seconds that a wait for a goodbye would take, times what the
  /// machine is slower.
  var lateness: Duration {
    ContinuousClock.now.duration(to: Deadline.effective(within: .seconds(4)).instant)
  }
#endif
