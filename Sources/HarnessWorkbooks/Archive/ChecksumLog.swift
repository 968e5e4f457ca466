import HarnessLock

/// The parts of an archive whose CRC-32 was found wrong and that were read all the same.
///
/// Copies of a workbook share it, and sheets may be read on several threads at once.
final class ChecksumLog: Sendable {
  private let parts = Lock<[String]>([])

  func add(_ part: String) {
    parts.withLock { parts in
      // A part may be read more than once.
      if !parts.contains(part) { parts.append(part) }
    }
  }

  var warnings: [WorkbookWarning] {
    parts.withLock { $0 }.map { WorkbookWarning(kind: .wrongChecksum, part: $0) }
  }
}
