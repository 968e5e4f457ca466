import HarnessProcess
import HarnessReporting

/// A line that a process wrote.
public struct ProcessLine: Sendable, Equatable {
  /// The streams that a process writes to.
  public enum Stream: Sendable {
    /// Standard output.
    case output
    /// Standard error.
    case error
  }

  /// Where it was written to.
  public let stream: Stream
  /// The text, without the end of the line; cut after 64 KiB, with a count of the rest.
  public let text: String

  /// Makes a line, such as one to compare with.
  public init(_ text: String, on stream: Stream = .output) {
    self.stream = stream
    self.text = text
  }

  init(_ line: ChildProcess.Line) {
    text = line.text
    stream =
      switch line.stream {
      case .standardOutput: .output
      case .standardError: .error
      }
  }
}

extension ProcessLine: CustomStringConvertible {
  /// The line as failures show it, with the stream before it and without secrets.
  public var description: String {
    switch stream {
    case .output: "output: \(text.withSecretsMasked)"
    case .error: "error: \(text.withSecretsMasked)"
    }
  }
}
