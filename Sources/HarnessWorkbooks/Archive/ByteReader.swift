/// Little-endian numbers of a file, nil where it ends too soon.
struct ByteReader {
  let bytes: [UInt8]

  func byte(at offset: Int) -> UInt8? {
    bytes.indices.contains(offset) ? bytes[offset] : nil
  }

  func uint16(at offset: Int) -> Int? { number(2, at: offset).map { Int($0) } }

  func uint32(at offset: Int) -> Int? { number(4, at: offset).map { Int($0) } }

  /// A number of 64 bits; nil as well when it is larger than any file.
  func uint64(at offset: Int) -> Int? { number(8, at: offset).flatMap { Int(exactly: $0) } }

  private func number(_ width: Int, at offset: Int) -> UInt64? {
    guard offset >= 0, width <= bytes.count, offset <= bytes.count - width else { return nil }
    var number: UInt64 = 0
    for index in (0..<width).reversed() { number = number << 8 | UInt64(bytes[offset + index]) }
    return number
  }

  /// The text of a range; nil where the file ends too soon.
  ///
  /// Bytes that are not UTF-8 become U+FFFD.
  func text(at offset: Int, count: Int) -> String? {
    guard offset >= 0, count >= 0, count <= bytes.count, offset <= bytes.count - count else {
      return nil
    }
    return String(decoding: bytes[offset..<offset + count], as: UTF8.self)
  }

  func starts(with signature: [UInt8], at offset: Int = 0) -> Bool {
    offset >= 0 && bytes.count - offset >= signature.count
      && bytes[offset...].starts(with: signature)
  }
}
