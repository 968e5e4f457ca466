#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import CHarnessSystem
import HarnessLock

/// What a process's own thread does: waits for its output, its end, a wake or a deadline, and acts.
///
/// No signal handler is involved, so nothing of the program that runs the tests is in its way.
struct ProcessLoop {
  private let process: ChildProcess
  private let wake: Descriptor
  private let end: Descriptor
  private let onLine: (@Sendable (ChildProcess.Line) -> Void)?
  private let onExit: @Sendable (ProcessStatus) -> Void
  private var outputs: [Output]
  private var input: Descriptor?
  private var unwritten: ArraySlice<UInt8>
  private var hasEnded = false
  private var buffer = [UInt8](repeating: 0, count: 64 << 10)

  private struct Output {
    let stream: ChildProcess.Stream
    let descriptor: Descriptor
    var splitter = LineSplitter()
    var isOpen = true
  }

  init(
    _ process: ChildProcess, _ launch: Launch, wake: Descriptor, input: [UInt8],
    onLine: (@Sendable (ChildProcess.Line) -> Void)?,
    onExit: @escaping @Sendable (ProcessStatus) -> Void
  ) {
    self.process = process
    self.wake = wake
    self.onLine = onLine
    self.onExit = onExit
    end = launch.end
    outputs = [
      Output(stream: .standardOutput, descriptor: launch.output),
      Output(stream: .standardError, descriptor: launch.error),
    ]
    self.input = launch.input
    unwritten = input[...]
  }

  /// Runs until nothing is left of the process.
  mutating func run() {
    while true {
      // What the process wrote is taken in before its end is told.
      let endIsDue = wait()
      writeInput()
      for index in outputs.indices { read(index, atMost: endIsDue ? Self.readsOfAFullPipe : 1) }
      if endIsDue { tellEnd() }
      if process.state.withLock({ $0.isDismissed }) && hasEnded { return finish() }
    }
  }

  /// Blocks until there is something to do; says whether the process has just ended.
  private func wait() -> Bool {
    let now = ContinuousClock.now
    let next = process.state.withLock { state in
      if let signal = state.lifecycle.tick(now) { process.send(signal, state) }
      return state.lifecycle.nextTick
    }
    var polled = [pollfd(fd: wake.number, events: Int16(POLLIN), revents: 0)]
    // poll ignores a negative descriptor.
    polled.append(
      pollfd(fd: hasEnded ? -1 : end.number, events: Int16(POLLIN), revents: 0))
    for output in outputs where output.isOpen {
      polled.append(pollfd(fd: output.descriptor.number, events: Int16(POLLIN), revents: 0))
    }
    if let input {
      polled.append(pollfd(fd: input.number, events: Int16(POLLOUT), revents: 0))
    }
    _ = unsafe poll(&polled, nfds_t(polled.count), Self.milliseconds(from: now, to: next))
    if polled[0].revents != 0 {
      var bytes = [UInt8](repeating: 0, count: 64)
      _ = wake.read(into: &bytes)
    }
    return polled[1].revents != 0
  }

  private static func milliseconds(
    from now: ContinuousClock.Instant, to next: ContinuousClock.Instant?
  ) -> Int32 {
    guard let next else { return -1 }
    let left = now.duration(to: next) / .milliseconds(1)
    return Int32(min(max(left.rounded(.up), 0), 1_000_000))
  }

  private mutating func writeInput() {
    while let descriptor = input {
      if unwritten.isEmpty {
        descriptor.close()
        input = nil
        return
      }
      switch descriptor.write(unwritten) {
      case .bytes(let count): unwritten = unwritten.dropFirst(count)
      case .wouldBlock: return
      case .ended: unwritten = []
      }
    }
  }

  /// As many reads as empty the largest pipe there usually is, of 1 MiB.
  ///
  /// An ended process writes no more, but one that it left behind may fill the pipe for ever.
  private static let readsOfAFullPipe = 17

  /// Takes in what there is now.
  ///
  /// While the process lives this is little at a time, so that one which
  /// writes without end holds up neither its other stream nor its deadline.
  private mutating func read(_ index: Int, atMost count: Int) {
    for _ in 0..<count where outputs[index].isOpen {
      switch outputs[index].descriptor.read(into: &buffer) {
      case .bytes(let count):
        let bytes = buffer[..<count]
        let stream = outputs[index].stream
        process.state.withLock { state in
          switch stream {
          case .standardOutput: state.standardOutput.append(bytes)
          case .standardError: state.standardError.append(bytes)
          }
        }
        guard let onLine else { continue }
        for line in outputs[index].splitter.append(bytes) {
          onLine(ChildProcess.Line(stream: stream, text: line))
        }
      case .wouldBlock: return
      case .ended: closeOutput(index)
      }
    }
  }

  private mutating func closeOutput(_ index: Int) {
    guard outputs[index].isOpen else { return }
    outputs[index].isOpen = false
    outputs[index].descriptor.close()
    tellLastLine(index)
  }

  /// Tells the line that no line feed has ended.
  private mutating func tellLastLine(_ index: Int) {
    if let onLine, let line = outputs[index].splitter.finish() {
      onLine(ChildProcess.Line(stream: outputs[index].stream, text: line))
    }
  }

  private mutating func tellEnd() {
    hasEnded = true
    // What it left behind may hold the pipe open, but the process itself ends its line no more.
    for index in outputs.indices { tellLastLine(index) }
    var end = charness_end()
    let code = unsafe charness_await_end(process.id, &end)
    let status: ProcessStatus =
      code != 0 ? .unknown : end.is_signal != 0 ? .signalled(end.code) : .exited(end.code)
    let waiting = process.state.withLock { state in
      state.lifecycle.ended(status)
      defer { state.waitingForExit = [] }
      return state.waitingForExit
    }
    for continuation in waiting { continuation.resume() }
    onExit(status)
  }

  private mutating func finish() {
    // The process is still a zombie, so the number is still its group's: what it left behind ends here.
    process.state.withLock { state in
      if state.lifecycle.status != .unknown { process.send(.kill, state) }
    }
    for index in outputs.indices {
      read(index, atMost: Self.readsOfAFullPipe)
      closeOutput(index)
    }
    input?.close()
    end.close()
    waitpid(process.id, nil, 0)
    let waiting = process.state.withLock { state in
      process.close(&state)
      defer { state.waitingForGone = [] }
      return state.waitingForGone
    }
    // Only now can nobody write to it any more: a write into a pipe without a reader is a SIGPIPE.
    wake.close()
    for continuation in waiting { continuation.resume() }
  }
}
