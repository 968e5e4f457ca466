import Foundation
import Testing
import Waiters

/// A wait that fails while its task has no thread to say so.
@Suite struct BlockedPoolSuite {
  /// Every thread of the pool waits for the test's verdict, which only another thread can give.
  @Test func blockedPool() async throws {
    let inbox = Mailbox<Int>("inbox")
    let registered = Signal<Void>("registered")
    inbox.send(1)
    async let event = inbox.first(within: .seconds(1)) { _ in
      registered.send()
      return false
    }
    try await registered.value()
    // The deadline leaves a busy machine the time to get here.
    blockThePool()
    _ = try await event
  }
}

/// Blocks the threads of the pool until standard error has been written to.
private func blockThePool() {
  let release = DispatchSemaphore(value: 0)
  let width = ProcessInfo.processInfo.activeProcessorCount
  let pipe = Pipe()
  let realStandardError = dup(STDERR_FILENO)
  dup2(pipe.fileHandleForWriting.fileDescriptor, STDERR_FILENO)
  Thread {
    let text = pipe.fileHandleForReading.availableData
    dup2(realStandardError, STDERR_FILENO)
    FileHandle.standardError.write(text)
    for _ in 0..<width { release.signal() }
  }.start()
  for _ in 1..<width { Task.detached { wait(for: release) } }
  wait(for: release)
}

private func wait(for semaphore: DispatchSemaphore) {
  // A verdict that does not come must not hang the run.
  _ = semaphore.wait(timeout: .now() + 5)
}
