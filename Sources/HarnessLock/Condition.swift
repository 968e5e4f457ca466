#if canImport(Darwin)
  package import Darwin
#elseif canImport(Musl)
  package import Musl
#else
  package import Glibc
#endif

/// Guards a value with a pthread mutex, and lets a thread of ours wait until the value has changed.
///
/// For threads only: a task that waited here would take a thread from the cooperative pool.
@safe
package final class Condition<State>: @unchecked Sendable {
  /// What a look at the value led to.
  package enum Turn<R> {
    /// The wait is over.
    case finish(R)
    /// Look again when woken, or when this much time has passed; nil waits for a wake alone.
    case wait(atMost: Duration?)
  }

  // Safe: `state` is only touched while `mutex` is held, and both pthread objects live at stable
  // addresses, which Swift stored properties do not promise.
  @usableFromInline package let mutex: UnsafeMutablePointer<pthread_mutex_t>
  @usableFromInline package let condition: UnsafeMutablePointer<pthread_cond_t>
  @usableFromInline package var state: State

  /// Guards `state`, which the caller gives up.
  package init(_ state: sending State) {
    unsafe self.mutex = .allocate(capacity: 1)
    unsafe self.condition = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe condition.initialize(to: pthread_cond_t())
    self.state = state
    var code = unsafe pthread_mutex_init(mutex, nil)
    precondition(code == 0, "pthread_mutex_init failed with \(code)")
    code = unsafe Self.initialize(condition)
    precondition(code == 0, "pthread_cond_init failed with \(code)")
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deinitialize(count: 1)
    unsafe mutex.deinitialize(count: 1)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Runs `body` with the value, alone.
  ///
  /// Keep it short, resume nobody in it, run no code of a user.
  @inlinable
  package func withLock<R, E: Error>(_ body: (inout State) throws(E) -> R) throws(E) -> R {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return try body(&state)
  }

  /// Wakes one thread that waits.
  @inlinable
  package func wake() {
    unsafe pthread_cond_signal(condition)
  }

  /// Blocks this thread until `look`, run alone with the value, finishes; it is run again after each
  /// wake, and may be run for no reason at all.
  package func wait<R>(until look: (inout State) -> Turn<R>) -> R {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while true {
      switch look(&state) {
      case .finish(let result): return result
      case .wait(atMost: nil): unsafe pthread_cond_wait(condition, mutex)
      case .wait(atMost: let duration?): block(atMost: duration)
      }
    }
  }
}

extension Condition {
  // CLOCK_MONOTONIC, so that a clock set forward or back moves no deadline.
  #if canImport(Darwin)
    private static func initialize(_ condition: UnsafeMutablePointer<pthread_cond_t>) -> Int32 {
      unsafe pthread_cond_init(condition, nil)
    }

    private func block(atMost duration: Duration) {
      var time = Self.time(of: duration)
      _ = unsafe pthread_cond_timedwait_relative_np(condition, mutex, &time)
    }
  #else
    private static func initialize(_ condition: UnsafeMutablePointer<pthread_cond_t>) -> Int32 {
      var attributes = pthread_condattr_t()
      unsafe pthread_condattr_init(&attributes)
      defer { unsafe pthread_condattr_destroy(&attributes) }
      let code = unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
      guard code == 0 else { return code }
      return unsafe pthread_cond_init(condition, &attributes)
    }

    private func block(atMost duration: Duration) {
      var now = timespec()
      unsafe clock_gettime(CLOCK_MONOTONIC, &now)
      var time = Self.time(
        of: duration + .seconds(now.tv_sec) + .nanoseconds(Int64(now.tv_nsec)))
      _ = unsafe pthread_cond_timedwait(condition, mutex, &time)
    }
  #endif

  private static func time(of duration: Duration) -> timespec {
    let (seconds, attoseconds) = max(duration, .zero).components
    var time = timespec()
    // Rounded up, or a thread would wake just before its time and look again for nothing.
    let nanoseconds = (attoseconds + 999_999_999) / 1_000_000_000
    time.tv_sec = time_t(seconds + nanoseconds / 1_000_000_000)
    time.tv_nsec = Int(nanoseconds % 1_000_000_000)
    return time
  }
}
