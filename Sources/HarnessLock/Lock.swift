#if canImport(Darwin)
  package import Darwin
#elseif canImport(Musl)
  package import Musl
#else
  package import Glibc
#endif

/// Guards a value with a pthread mutex: the one lock of this package.
///
/// `Synchronization.Mutex` is not used: on Linux its contended path is invisible to ThreadSanitizer,
/// which then reports races that are not there and fails the run. A pthread mutex is understood by it.
@safe
package final class Lock<State: ~Copyable>: @unchecked Sendable {
  // Safe: `state` is only touched between lock and unlock of `mutex`, and the mutex lives at a stable
  // address, which a Swift stored property does not promise.
  @usableFromInline package let mutex: UnsafeMutablePointer<pthread_mutex_t>
  @usableFromInline package var state: State

  /// Guards `state`, which the caller gives up.
  package init(_ state: consuming sending State) {
    unsafe self.mutex = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    var attributes = pthread_mutexattr_t()
    unsafe pthread_mutexattr_init(&attributes)
    defer { unsafe pthread_mutexattr_destroy(&attributes) }
    unsafe pthread_mutexattr_settype(&attributes, .init(PTHREAD_MUTEX_ERRORCHECK))
    let code = unsafe pthread_mutex_init(mutex, &attributes)
    precondition(code == 0, "pthread_mutex_init failed with \(code)")
    self.state = state
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe mutex.deinitialize(count: 1)
    unsafe mutex.deallocate()
  }

  /// Runs `body` with the value while no other thread has it.
  ///
  /// Keep it short, resume nobody in it, run no code of a user but a pure predicate. One that comes back
  /// here ends the process: it would wait for itself for ever, and the watchdog behind it.
  @inlinable
  package func withLock<R, E: Error>(_ body: (inout State) throws(E) -> R) throws(E) -> R {
    let code = unsafe pthread_mutex_lock(mutex)
    guard code == 0 else {
      fatalError("this thread has the lock already: did a predicate use the channel that asks it?")
    }
    defer { unsafe pthread_mutex_unlock(mutex) }
    return try body(&state)
  }

  /// Runs `body` with the value as soon as no other thread has it; nil where one still does after so long.
  ///
  /// Where the system cannot wait for a lock with a bound, it is tried once.
  package func tryWithLock<R>(within patience: Duration, _ body: (inout State) -> R) -> R? {
    #if canImport(Glibc)
      if let result = tryWithLock(body) { return result }
      guard patience > .zero else { return nil }
      var end = timespec()
      unsafe clock_gettime(CLOCK_REALTIME, &end)
      let nanoseconds = end.tv_nsec + Int(patience / .nanoseconds(1))
      end.tv_sec += nanoseconds / 1_000_000_000
      end.tv_nsec = nanoseconds % 1_000_000_000
      guard unsafe pthread_mutex_timedlock(mutex, &end) == 0 else { return nil }
      defer { unsafe pthread_mutex_unlock(mutex) }
      return body(&state)
    #else
      return tryWithLock(body)
    #endif
  }

  /// Runs `body` with the value, unless a thread has it at this moment; nil then.
  ///
  /// For those who must not wait for anybody: the watchdog, whose thread serves every deadline.
  @inlinable
  package func tryWithLock<R>(_ body: (inout State) -> R) -> R? {
    guard unsafe pthread_mutex_trylock(mutex) == 0 else { return nil }
    defer { unsafe pthread_mutex_unlock(mutex) }
    return body(&state)
  }
}
