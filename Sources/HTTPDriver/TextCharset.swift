/// How the bytes of a text are read, as the `charset` of its media type says.
///
/// UTF-8 where it says nothing: the default of ISO-8859-1 that HTTP once had is gone (RFC 9110, appendix B), and what
/// services send without saying so is UTF-8.
enum TextCharset: Sendable, Equatable {
  case utf8
  case ascii
  case latin1
  /// The byte order is that of a mark at the beginning, and big-endian without one (RFC 2781, section 4.3).
  case utf16
  case utf16LittleEndian
  case utf16BigEndian

  /// The charset of this name; nil for one that is not read here.
  ///
  /// Names have no case. Those of the IANA registry, and the few aliases that services write.
  init?(named name: String) {
    switch name.lowercased() {
    case "utf-8", "utf8": self = .utf8
    case "us-ascii", "ascii": self = .ascii
    case "iso-8859-1", "iso8859-1", "latin1": self = .latin1
    case "utf-16": self = .utf16
    case "utf-16le": self = .utf16LittleEndian
    case "utf-16be": self = .utf16BigEndian
    default: return nil
    }
  }

  /// The text of these bytes; nil where they are none in this charset.
  func decode(_ bytes: [UInt8]) -> String? {
    switch self {
    case .utf8: String(validating: bytes, as: UTF8.self)
    case .ascii: bytes.allSatisfy { $0 < 0x80 } ? String(validating: bytes, as: UTF8.self) : nil
    case .latin1: String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    case .utf16:
      switch bytes.prefix(2) {
      case [0xff, 0xfe]: Self.utf16(bytes.dropFirst(2), isLittleEndian: true)
      case [0xfe, 0xff]: Self.utf16(bytes.dropFirst(2), isLittleEndian: false)
      default: Self.utf16(bytes[...], isLittleEndian: false)
      }
    case .utf16LittleEndian: Self.utf16(bytes[...], isLittleEndian: true)
    case .utf16BigEndian: Self.utf16(bytes[...], isLittleEndian: false)
    }
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, isLittleEndian: Bool) -> String? {
    guard bytes.count.isMultiple(of: 2) else { return nil }
    let bytes = Array(bytes)
    let units = stride(from: 0, to: bytes.count, by: 2).map { index in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return isLittleEndian ? second << 8 | first : first << 8 | second
    }
    return String(validating: units, as: UTF16.self)
  }
}

/// Why a text cannot be read.
enum TextFault: Error, Equatable, CustomStringConvertible {
  /// A charset of this name is not read here.
  case unknownCharset(String)
  /// The bytes are no text in the charset of this name.
  case invalid(String)

  var description: String {
    switch self {
    case .unknownCharset(let name):
      """
      its charset "\(Excerpt.line(name, limit: 100))" is none that is read here: utf-8, us-ascii, iso-8859-1, utf-16, \
      utf-16le or utf-16be
      """
    case .invalid("utf-8"): "it is not UTF-8"
    case .invalid(let name): "it is not \(name), which its media type says"
    }
  }
}

extension MediaType {
  /// The text of a body of this type.
  func text(of bytes: [UInt8]) throws(TextFault) -> String {
    let name = charset ?? "utf-8"
    guard let charset = TextCharset(named: name) else { throw .unknownCharset(name) }
    guard let text = charset.decode(bytes) else { throw .invalid(name.lowercased()) }
    return text
  }
}
