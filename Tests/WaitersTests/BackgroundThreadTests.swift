import Foundation
import HarnessLock
import Testing
import Waiters

@Suite struct `A background thread` {
  /// The signals are blocked, those by which a thread tells of its own fault excepted.
  @Test(arguments: [
    (SIGTERM, true), (SIGINT, true), (SIGPIPE, true), (SIGCHLD, true), (SIGILL, false),
    (SIGTRAP, false), (SIGSEGV, false), (SIGBUS, false), (SIGFPE, false), (SIGABRT, false),
  ])
  func `leaves signals to others, but not its own crash`(signal: Int32, isBlocked: Bool)
    async throws
  {
    let answer = Signal<Bool>("answer")
    BackgroundThread.start {
      var mask = sigset_t()
      unsafe pthread_sigmask(SIG_BLOCK, nil, &mask)
      answer.send(unsafe sigismember(&mask, signal) == 1)
    }
    #expect(try await answer.value() == isBlocked)
  }
}
