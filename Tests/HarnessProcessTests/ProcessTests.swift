import CHarnessSystem
import Foundation
import Testing
import Waiters

@testable import HarnessProcess

/// Real children; those that are to live read a file that never ends, until a signal ends them.
@Suite struct `A child process` {
  private let lines = Mailbox<ChildProcess.Line>("lines")

  private func sh(_ script: String, input: String = "", grace: Duration = .seconds(5)) -> Command {
    Command("/bin/sh", ["-c", script], input: Array(input.utf8), grace: grace)
  }

  @Test(arguments: [Launch.ExitWatch.automatic, .thread])
  func `is heard of line by line, and then ends`(watch: Launch.ExitWatch) async throws {
    let ended = Signal<ProcessStatus>("ended")
    try await withProcess(
      sh("echo out; echo err >&2; printf last; exit 3"), watch: watch, onLine: lines.send,
      onExit: ended.send
    ) { process in
      #expect(await process.exit() == .exited(3))
      let told = try await ended.value()
      #expect(told == .exited(3))
      #expect(process.output(of: .standardOutput).text == "out\nlast")
      #expect(process.output(of: .standardError).text == "err\n")
    }
    let all = try await lines.collect(count: 3)
    #expect(all.filter { $0.stream == .standardOutput }.map(\.text) == ["out", "last"])
    #expect(all.filter { $0.stream == .standardError }.map(\.text) == ["err"])
  }

  @Test func `tells its last line before its end, also where a child holds its output open`()
    async throws
  {
    let lines = lines
    let ended = Signal<Void>("ended")
    try await withProcess(
      sh("printf 'ready: port 8080'; tail -f /dev/null & exit 3"), onLine: lines.send,
      onExit: { _ in
        lines.close()
        ended.send()
      }
    ) { process in
      #expect(await process.exit() == .exited(3))
      try await ended.value()
      let line = await lines.outcomeOfNext(within: .zero).value
      #expect(line?.text == "ready: port 8080")
    }
  }

  @Test(arguments: [Launch.ExitWatch.automatic, .thread])
  func `leaves nothing behind, not even a zombie`(watch: Launch.ExitWatch) async throws {
    let id = try await withProcess(Command("tail", ["-f", "/dev/null"]), watch: watch) { $0.id }
    let (waited, code) = (waitpid(id, nil, WNOHANG), errno)
    #expect(waited == -1)
    #expect(code == ECHILD)
  }

  @Test func `reads its input to the end`() async throws {
    let text = String(repeating: "0123456789abcdef\n", count: 20_000)
    let finished = try await run(Command("cat", input: Array(text.utf8)))
    #expect(finished.status.isSuccess)
    #expect(finished.standardOutput.bytes == Array(text.utf8))
  }

  @Test func `need not read its input`() async throws {
    let finished = try await run(sh("exit 0", input: String(repeating: "x", count: 1 << 20)))
    #expect(finished.status == .exited(0))
  }

  @Test func `reads an empty input where none is given`() async throws {
    #expect(try await run(Command("cat")).standardOutput.count == 0)
  }

  @Test func `may end itself by a signal`() async throws {
    #expect(try await run(sh("kill -9 $$")).status == .signalled(SIGKILL))
  }

  @Test func `is asked to end first, and may tidy up`() async throws {
    let status = try await withProcess(
      sh("trap 'echo bye; exit 7' TERM; echo ready; tail -f /dev/null & wait"),
      onLine: lines.send
    ) { process in
      let first = try await lines.next().text
      #expect(first == "ready")
      process.terminate()
      return await process.exit()
    }
    #expect(status == .exited(7))
    #expect(try await lines.next().text == "bye")
  }

  @Test func `is killed when it does not end in its grace`() async throws {
    let status = try await withProcess(
      sh("trap '' TERM; echo ready; exec tail -f /dev/null", grace: .milliseconds(20)),
      onLine: lines.send
    ) { process in
      let first = try await lines.next().text
      #expect(first == "ready")
      process.terminate()
      return await process.exit()
    }
    #expect(status == .signalled(SIGKILL))
  }

  @Test func `is killed also while it writes without end`() async throws {
    let writes = Signal<Void>("writes")
    let status = try await withProcess(
      sh("trap '' TERM; exec yes", grace: .milliseconds(20)), onLine: { _ in writes.send() }
    ) { process in
      try await writes.value()
      process.terminate()
      return await process.exit()
    }
    #expect(status == .signalled(SIGKILL))
  }

  @Test func `may close its output and live on`() async throws {
    try await withProcess(
      sh("tail -f /dev/null >/dev/null 2>&1 & echo last; exec >&- 2>&-; wait"), onLine: lines.send
    ) { process in
      let first = try await lines.next().text
      #expect(first == "last")
      #expect(process.status == nil)
      process.terminate()
      #expect(await process.exit() == .signalled(SIGTERM))
    }
  }

  @Test func `may write more than is kept`() async throws {
    let size = 10 << 20
    let output = try await run(Command("head", ["-c", "\(size)", "/dev/zero"])).standardOutput
    #expect(output.count == size)
    #expect(output.bytes.count == 512 << 10)
    #expect(output.omitted == size - 512 << 10)
  }

  @Test func `ends when the task of its scope is cancelled`() async throws {
    let ended = Signal<ProcessStatus>("ended")
    let scope = Task {
      try await withProcess(
        sh("echo ready; exec tail -f /dev/null"), onLine: lines.send, onExit: ended.send
      ) { await $0.exit() }
    }
    #expect(try await lines.next().text == "ready")
    scope.cancel()
    #expect(try await scope.value == .signalled(SIGTERM))
    #expect(try await ended.value() == .signalled(SIGTERM))
  }

  @Test func `ends when the body of its scope throws`() async throws {
    struct Failed: Error {}
    let ended = Signal<ProcessStatus>("ended")
    await #expect(throws: Failed.self) {
      try await withProcess(Command("tail", ["-f", "/dev/null"]), onExit: ended.send) { _ in
        throw Failed()
      }
    }
    #expect(try await ended.value() == .signalled(SIGTERM))
  }

  @Test func `may be told to end while its scope ends, and after`() async throws {
    for _ in 0..<100 {
      let process = try await withProcess(Command("true")) { process in
        _ = await process.exit()
        Task.detached { for _ in 0..<2_000 { process.terminate() } }
        return process
      }
      process.terminate()
    }
  }

  @Test func `takes its group with it`() async throws {
    let gone = Signal<Void>("gone")
    try await withProcess(
      sh("trap '' TERM; tail -f /dev/null & echo $!; exit 0"), onLine: lines.send
    ) { process in
      let grandchild = try #require(try await Int32(lines.next().text))
      #expect(await process.exit() == .exited(0))
      #expect(kill(grandchild, 0) == 0)
      watchEnd(of: grandchild, gone.send)
    }
    try await gone.value()
  }

  @Test func `sees the variables that it is given`() async throws {
    let script = Command("/bin/sh", ["-c", "echo $GREETING; echo ${HOME-none}"])
    var inherited = script
    inherited.environment = .inherited(with: ["GREETING": "hello", "HOME": "/here"])
    #expect(try await run(inherited).standardOutput.text == "hello\n/here\n")
    var alone = script
    alone.environment = .only(["GREETING": "a=b"])
    #expect(try await run(alone).standardOutput.text == "a=b\nnone\n")
  }

  @Test func `runs where it is told to`() async throws {
    let command = Command("/bin/sh", ["-c", "pwd"], workingDirectory: "/")
    #expect(try await run(command).standardOutput.text == "/\n")
  }

  @Test func `starts with signals as they are by default`() async throws {
    // SIGPIPE is what servers ignore; a child that inherits that goes on writing into a closed pipe.
    let finished = try await run(sh("kill -PIPE $$"))
    #expect(finished.status == .signalled(SIGPIPE))
  }

  #if os(Linux)
    @Test func `inherits no descriptor`() async throws {
      // A number that the shell itself would not come to.
      let leaked = fcntl(STDERR_FILENO, F_DUPFD, 200)
      defer { close(leaked) }
      let finished = try await run(sh("cd /proc/self/fd && echo *"))
      // The shell's own directory is no descriptor: it expands the names by one of its own.
      let descriptors = finished.standardOutput.text.split(whereSeparator: \.isWhitespace)
      #expect(!descriptors.contains("\(leaked)"))
      #expect(descriptors.count <= 4)
    }
  #endif
}

/// Tells when a process that is not ours to wait for has ended.
private func watchEnd(of id: pid_t, _ tell: @escaping @Sendable () -> Void) {
  let queue = DispatchQueue(label: "end of \(id)")
  // While it is alive.
  let descriptor = charness_pidfd_open(id)
  queue.async {
    var end = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    _ = unsafe poll(&end, 1, 10_000)
    close(descriptor)
    tell()
  }
}
