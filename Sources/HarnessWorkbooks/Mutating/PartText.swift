/// The text of a part as UTF-8, and how the part writes it.
struct PartText: Sendable {
  enum Encoding: Sendable, Hashable {
    case utf8
    case utf16(isLittleEndian: Bool)
  }

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let declarationEnd = Array("?>".utf8)
  private static let encodingName = Array("encoding".utf8)

  /// The text, without a byte order mark.
  var bytes: [UInt8]
  var encoding: Encoding
  private let hasMark: Bool

  /// The text of a part; nil when it is in an encoding that is not known here.
  ///
  /// Source: XML 1.0, appendix F.1.
  init?(_ content: [UInt8]) {
    if let isLittleEndian = Self.byteOrder(content) {
      encoding = .utf16(isLittleEndian: isLittleEndian)
      let marked: [UInt8] = isLittleEndian ? [0xFF, 0xFE] : [0xFE, 0xFF]
      hasMark = content.starts(with: marked)
      let units = Self.units(content.dropFirst(hasMark ? 2 : 0), isLittleEndian)
      bytes = Array(String(decoding: units, as: UTF16.self).utf8)
      return
    }
    encoding = .utf8
    hasMark = content.starts(with: Self.mark)
    bytes = Array(content.dropFirst(hasMark ? Self.mark.count : 0))
    // What is ASCII alone is the same in all encodings that begin like this.
    guard hasMark || bytes.allSatisfy({ $0 < 0x80 }) || Self.declaresUTF8(bytes) else { return nil }
  }

  /// The part with this text.
  var content: [UInt8] {
    switch encoding {
    case .utf8: return (hasMark ? Self.mark : []) + bytes
    case .utf16(let isLittleEndian):
      let units = (hasMark ? [0xFEFF] : []) + Array(String(decoding: bytes, as: UTF8.self).utf16)
      return units.flatMap { unit -> [UInt8] in
        let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
        return isLittleEndian ? [low, high] : [high, low]
      }
    }
  }

  /// The part in UTF-16 with a byte order mark, its declaration changed to say so.
  var contentInUTF16: [UInt8] {
    var text = bytes
    if let end = text.place(of: Self.declarationEnd, from: 0), text.starts(with: "<?xml".utf8),
      let start = text[..<end].place(of: Self.encodingName, from: 0),
      let open = text[start..<end].firstIndex(where: { $0 == 0x22 || $0 == 0x27 }),
      let close = text[(open + 1)..<end].firstIndex(of: text[open])
    {
      text.replaceSubrange((open + 1)..<close, with: "UTF-16".utf8)
    }
    let units = [0xFEFF] + Array(String(decoding: text, as: UTF8.self).utf16)
    return units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  /// Whether UTF-16 is little-endian; nil when it is none.
  private static func byteOrder(_ content: [UInt8]) -> Bool? {
    switch content.prefix(4) {
    // The marks of UTF-32, which begin so too.
    case [0xFF, 0xFE, 0, 0]: nil
    case let start where start.starts(with: [0xFF, 0xFE]) || start == [0x3C, 0, 0x3F, 0]: true
    case let start where start.starts(with: [0xFE, 0xFF]) || start == [0, 0x3C, 0, 0x3F]: false
    default: nil
    }
  }

  private static func units(_ bytes: ArraySlice<UInt8>, _ isLittleEndian: Bool) -> [UInt16] {
    stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { place in
      let (one, other) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      return isLittleEndian ? other << 8 | one : one << 8 | other
    }
  }

  private static func declaresUTF8(_ text: [UInt8]) -> Bool {
    guard text.starts(with: "<?xml".utf8), let end = text.place(of: Self.declarationEnd, from: 0),
      let start = text[..<end].place(of: Self.encodingName, from: 0)
    else { return true }
    let declared = String(decoding: text[start..<end], as: UTF8.self).lowercased()
    return declared.contains("utf-8") || declared.contains("utf8")
  }
}

extension RandomAccessCollection where Element == UInt8, Index == Int {
  /// Where some bytes begin; nil where they do not occur.
  func place(of wanted: [UInt8], from start: Int) -> Int? {
    guard let first = wanted.first else { return nil }
    var position = Swift.max(start, startIndex)
    while endIndex - position >= wanted.count {
      guard let next = self[position...].firstIndex(of: first), endIndex - next >= wanted.count
      else { return nil }
      if self[next..<next + wanted.count].elementsEqual(wanted) { return next }
      position = next + 1
    }
    return nil
  }
}
