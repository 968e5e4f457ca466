/// Cuts bytes that come in pieces into lines, whatever the cuts between the pieces are.
///
/// A line ends with LF, CR LF or, where `endsAtCR`, a CR alone.
struct LineSplitter {
  let endsAtCR: Bool
  /// The greatest number of bytes of one line.
  let limit: Int
  private var begun: [UInt8] = []
  private var followsCR = false

  init(endsAtCR: Bool, limit: Int) {
    self.endsAtCR = endsAtCR
    self.limit = limit
  }

  /// The lines that a piece completes, without their ends.
  mutating func push(_ piece: [UInt8]) throws(HTTPLineTooLong) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    try push(piece, into: &lines)
    return lines
  }

  /// Adds the lines that a piece completes, also those before one that is too long.
  mutating func push(_ piece: [UInt8], into lines: inout [[UInt8]]) throws(HTTPLineTooLong) {
    for byte in piece {
      let isPair = followsCR && byte == 0x0a
      followsCR = false
      switch byte {
      case 0x0a where isPair && endsAtCR: break
      case 0x0a:
        if !endsAtCR, begun.last == 0x0d { begun.removeLast() }
        lines.append(take())
      case 0x0d where endsAtCR:
        followsCR = true
        lines.append(take())
      default:
        guard begun.count < limit else { throw HTTPLineTooLong(limit: limit) }
        begun.append(byte)
      }
    }
  }

  /// What follows the last line end.
  mutating func finish() -> [UInt8]? {
    begun.isEmpty ? nil : take()
  }

  private mutating func take() -> [UInt8] {
    defer { begun = [] }
    return begun
  }
}

/// A line of a streamed body has more bytes than its reader takes.
public struct HTTPLineTooLong: Error, Sendable, Hashable, CustomStringConvertible {
  /// The greatest number of bytes of a line that would have been taken.
  public let limit: Int

  /// What happened, in words.
  public var description: String { "a line of the body is longer than \(limit) bytes" }
}
