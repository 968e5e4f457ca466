#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What a command prints, and how it ends.
struct Outcome {
  enum Status: Int32 {
    /// All is well.
    case success = 0
    /// Something was found that must be mended.
    case findings = 1
    /// Wrong usage, or something could not be looked at.
    case trouble = 2
  }

  var status = Status.success
  /// For standard output.
  var output = ""
  /// For standard error.
  var complaint = ""

  init(_ output: String, status: Status = .success) {
    self.status = status
    self.output = output
  }

  /// Wrong usage.
  static func misuse(_ complaint: String) -> Outcome {
    var outcome = Outcome("", status: .trouble)
    outcome.complaint = "harness: \(complaint)"
    return outcome
  }

  func write() {
    if !output.isEmpty { Self.write(output, to: STDOUT_FILENO) }
    if !complaint.isEmpty { Self.write(complaint, to: STDERR_FILENO) }
  }

  /// Writes a text and an end of line, all of it or until nobody reads any more.
  private static func write(_ text: String, to descriptor: Int32) {
    var rest = Array((text + "\n").utf8)[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { bytes in
        #if canImport(Darwin)
          unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
          unsafe Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #else
          unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
      }
      if written > 0 { rest = rest.dropFirst(written) } else if errno != EINTR { return }
    }
  }
}
