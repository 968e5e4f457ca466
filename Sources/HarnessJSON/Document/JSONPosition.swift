/// A place in a text.
public struct JSONPosition: Sendable, Equatable, CustomStringConvertible {
  /// The offset of the byte, counted from 0.
  public let offset: Int
  /// The line, counted from 1; lines end with a line feed.
  public let line: Int
  /// The column in Unicode scalars, counted from 1.
  public let column: Int

  init(offset: Int, in bytes: [UInt8]) {
    self.offset = offset
    let before = bytes.prefix(offset)
    line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    // Continuation bytes (0b10xxxxxx) do not start a scalar.
    column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
  }

  private init(offset: Int, line: Int, column: Int) {
    self.offset = offset
    self.line = line
    self.column = column
  }

  /// The positions of many offsets, in one walk through the text.
  static func positions(of offsets: [Int], in bytes: [UInt8]) -> [Int: JSONPosition] {
    var positions: [Int: JSONPosition] = [:]
    var (index, line, column) = (0, 1, 1)
    for offset in offsets.sorted() {
      while index < offset {
        if bytes[index] == UInt8(ascii: "\n") {
          (line, column) = (line + 1, 1)
        } else if bytes[index] & 0xC0 != 0x80 {
          column += 1
        }
        index += 1
      }
      positions[offset] = JSONPosition(offset: offset, line: line, column: column)
    }
    return positions
  }

  /// For example `line 3, column 5 (byte 17)`.
  public var description: String { "line \(line), column \(column) (byte \(offset))" }
}
