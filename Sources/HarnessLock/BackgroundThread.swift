#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A thread of our own, outside the cooperative pool: for work that must go on when the pool is blocked,
/// or that blocks itself.
package enum BackgroundThread {
  /// Starts a thread that runs `body` and ends with it.
  ///
  /// Signals are blocked on it, so that a handler of the process runs where it would have run anyway; those
  /// by which a thread tells of its own fault are not, or a crash would leave no backtrace.
  package static func start(_ body: @escaping @Sendable () -> Void) {
    let work = unsafe Unmanaged.passRetained(Work(body: body)).toOpaque()
    var inherited = sigset_t()
    var all = sigset_t()
    unsafe sigfillset(&all)
    for fault in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGSYS] {
      unsafe sigdelset(&all, fault)
    }
    unsafe pthread_sigmask(SIG_SETMASK, &all, &inherited)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &inherited, nil) }
    #if canImport(Darwin)
      var thread: pthread_t?
      let code = unsafe pthread_create(
        &thread, nil,
        { unsafe BackgroundThread.run($0) }, work)
      if let thread = unsafe thread { unsafe pthread_detach(thread) }
    #else
      var thread = pthread_t()
      let code = unsafe pthread_create(
        &thread, nil,
        { unsafe $0.map { unsafe BackgroundThread.run($0) } ?? nil }, work)
      if code == 0 { pthread_detach(thread) }
    #endif
    // Without its threads the harness can keep no promise, and this is no failure of one test.
    guard code == 0 else { fatalError("cannot start a thread: errno \(code)") }
  }

  private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(body: @escaping @Sendable () -> Void) {
      self.body = body
    }
  }

  private static func run(_ work: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
    return nil
  }
}
