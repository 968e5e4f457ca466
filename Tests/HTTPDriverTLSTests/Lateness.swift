#if TLS
  import Waiters

  /// How late what has a deadline may end on a machine that is slower by the scale.
  var lateness: Duration {
    ContinuousClock.now.duration(to: Deadline.effective(within: .seconds(4)).instant)
  }
#endif
