import HarnessJSON
import HarnessLines

/// Bytes, stored as a hex dump that people and version control can read.
///
/// A line has the offset, 16 bytes in hexadecimal and the ASCII characters among them, as `hexdump -C` writes
/// it. What a reader counts on are the bytes: offsets and characters are not read back.
public struct BytesGolden: GoldenFormat {
  /// The extension of the files.
  public let fileExtension = "hex"

  /// Makes the format.
  public init() {}

  /// The hex dump; no bytes are an empty file.
  public func write(_ value: [UInt8]) -> [UInt8] {
    Array(HexDump.lines(of: value).map { $0 + "\n" }.joined().utf8)
  }

  /// The bytes of a hex dump.
  ///
  /// - Throws: The first line that is none, with its number.
  public func read(_ bytes: [UInt8]) throws -> [UInt8] {
    try HexDump.bytes(in: bytes.withoutByteOrderMark)
  }

  /// Compares the bytes; the difference is the first that differs, and the lines of the two dumps.
  public func compare(
    _ actual: [UInt8], with golden: [UInt8]?, rules: [GoldenRule]
  ) -> GoldenComparison<[UInt8]> {
    let violations = rules.map {
      GoldenFinding("the rule \($0) needs a place, and bytes have none")
    }
    guard let golden, golden != actual else {
      return GoldenComparison(differences: [], violations: violations, candidate: actual)
    }
    let first =
      zip(golden, actual).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(golden.count, actual.count)
    let summary =
      "\(actual.count) bytes, expected \(golden.count); the first difference is at byte \(first)"
    let lines = LineDifference(from: write(golden), to: write(actual), names: .dump)
    return GoldenComparison(
      differences: [GoldenFinding(summary), GoldenFinding(lines: lines)], violations: violations,
      candidate: actual)
  }
}

extension GoldenFormat where Self == BytesGolden {
  /// Bytes, stored as a hex dump.
  public static var bytes: BytesGolden { BytesGolden() }
}

/// Writes and reads hex dumps.
enum HexDump {
  private static let digits = Array("0123456789abcdef".utf8)

  static func lines(of bytes: [UInt8]) -> [String] {
    stride(from: 0, to: bytes.count, by: 16).map { offset in
      line(bytes[offset..<min(offset + 16, bytes.count)], at: offset)
    }
  }

  private static func line(_ bytes: ArraySlice<UInt8>, at offset: Int) -> String {
    let number = String(offset, radix: 16)
    var text = Array((String(repeating: "0", count: max(0, 8 - number.count)) + number).utf8)
    for (index, byte) in bytes.enumerated() {
      text += Array((index % 8 == 0 ? "  " : " ").utf8)
      text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    // The characters stand under each other on a short line too.
    text += Array(repeating: UInt8(ascii: " "), count: max(0, 60 - text.count))
    text += Array("|".utf8)
    text += bytes.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: ".") }
    text += Array("|".utf8)
    return String(decoding: text, as: UTF8.self)
  }

  static func bytes(in dump: [UInt8]) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let lines = dump.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      // The offset before, the characters behind.
      let content = line.prefix { $0 != UInt8(ascii: "|") }
      let words = content.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }
      for word in words.dropFirst() {
        guard word.count == 2, let byte = UInt8(String(decoding: word, as: UTF8.self), radix: 16)
        else {
          throw UnreadableGolden(
            reason: "line \(index + 1) is no line of a hex dump: "
              + JSONValue.string(String(decoding: word, as: UTF8.self)).excerpt(limit: 40))
        }
        bytes.append(byte)
      }
    }
    return bytes
  }
}
