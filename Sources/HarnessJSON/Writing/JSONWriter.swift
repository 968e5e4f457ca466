/// Appends the parts of a JSON text: puts in the commas, colons, line breaks and escapes.
struct JSONWriter {
  private struct Level {
    let isObject: Bool
    var count = 0
  }

  private let isPretty: Bool
  private(set) var bytes: [UInt8] = []
  private var levels: [Level] = []
  private var followsName = false

  init(isPretty: Bool) {
    self.isPretty = isPretty
  }

  mutating func open(isObject: Bool) {
    beginPart()
    bytes.append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
    levels.append(Level(isObject: isObject))
  }

  mutating func close() {
    let level = levels.removeLast()
    if level.count > 0 { breakLine() }
    bytes.append(level.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
  }

  mutating func name(_ name: String) {
    beginPart()
    append(name)
    endName()
  }

  mutating func string(_ string: String) {
    beginPart()
    append(string)
  }

  /// A literal or a number.
  mutating func literal(_ text: String) {
    beginPart()
    bytes.append(contentsOf: text.utf8)
  }

  /// Bytes that are a scalar's text as this writer would write it.
  mutating func raw(_ text: ArraySlice<UInt8>) {
    beginPart()
    bytes.append(contentsOf: text)
  }

  mutating func rawName(_ text: ArraySlice<UInt8>) {
    raw(text)
    endName()
  }

  private mutating func endName() {
    bytes.append(UInt8(ascii: ":"))
    if isPretty { bytes.append(UInt8(ascii: " ")) }
    followsName = true
  }

  private mutating func beginPart() {
    if followsName {
      followsName = false
      return
    }
    guard !levels.isEmpty else { return }
    if levels[levels.count - 1].count > 0 { bytes.append(UInt8(ascii: ",")) }
    levels[levels.count - 1].count += 1
    breakLine()
  }

  private mutating func breakLine() {
    guard isPretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * levels.count))
  }

  /// Escapes what RFC 8259, section 7 says must be, and nothing else; so does RFC 8785, section 3.2.2.2.
  private mutating func append(_ string: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): escape(byte)
      case 0x08: escape(UInt8(ascii: "b"))
      case 0x0C: escape(UInt8(ascii: "f"))
      case 0x0A: escape(UInt8(ascii: "n"))
      case 0x0D: escape(UInt8(ascii: "r"))
      case 0x09: escape(UInt8(ascii: "t"))
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        bytes.append(contentsOf: (byte < 16 ? "\\u000\(digits)" : "\\u00\(digits)").utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ letter: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    bytes.append(letter)
  }
}
