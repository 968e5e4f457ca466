import HarnessLock
import HarnessProcess

/// A service that runs as a child process, in the scope of `withServiceProcess`.
public struct ServiceProcess: Sendable {
  /// Where the service listens, such as `http://127.0.0.1:41234` or `unix:/tmp/harness-7x/s`; an ``HTTPDriver/HTTPDriver``
  /// takes either.
  public let address: String
  let process: ChildProcess
  private let stopAsked = Lock(false)

  init(address: String, process: ChildProcess) {
    self.address = address
    self.process = process
  }

  /// Whether ``stop()`` was called.
  var wasAskedToStop: Bool { stopAsked.withLock { $0 } }

  /// What the service has written to standard output so far; of much, the beginning and the end.
  public var standardOutput: String { process.output(of: .standardOutput).text }

  /// What the service has written to standard error so far; of much, the beginning and the end.
  public var standardError: String { process.output(of: .standardError).text }

  /// Asks the service to stop, with SIGTERM, and waits until it has.
  ///
  /// The scope does this by itself; a test that looks at what the service does when it stops calls it.
  public func stop() async {
    stopAsked.withLock { $0 = true }
    process.terminate()
    _ = await process.exit()
  }
}
