#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import CHarnessSystem

/// A thread of our own, outside the cooperative pool: for work that must go on when the pool is blocked,
/// or that blocks itself.
package enum BackgroundThread {
  /// Starts a thread that runs `body` and ends with it.
  ///
  /// `name` is what the system's lists of threads show, of which Linux keeps 15 bytes. It begins with
  /// `harness`, so that nobody takes the thread for one that a test has left behind.
  ///
  /// Signals are blocked on it, so that a handler of the process runs where it would have run anyway; those
  /// by which a thread tells of its own fault are not, or a crash would leave no backtrace.
  package static func start(
    named name: StaticString = "harness", _ body: @escaping @Sendable () -> Void
  ) {
    let work = unsafe Unmanaged.passRetained(Work(name: name, body: body)).toOpaque()
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
    let name: StaticString
    let body: @Sendable () -> Void

    init(name: StaticString, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }

  private static func run(_ work: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    let work = unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue()
    work.name.withUTF8Buffer { text in
      unsafe text.withMemoryRebound(to: CChar.self) { text in
        // A static string ends with a NUL.
        if let text = text.baseAddress { unsafe charness_name_thread(text) }
      }
    }
    work.body()
    return nil
  }
}
