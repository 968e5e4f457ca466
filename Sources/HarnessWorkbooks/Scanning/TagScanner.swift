/// Reads start tags of the plain form: names and values in ASCII, without references.
struct TagScanner {
  enum Step {
    /// The tag was read; whether its element is empty.
    case tag(isEmpty: Bool)
    /// The byte at the position does not belong here.
    case stop
  }

  private let prefixes: [[UInt8]]
  private let longestValue: Int
  /// Where the values of the attributes are that are asked for.
  private(set) var reference: Range<Int>?
  private(set) var style: Range<Int>?
  private(set) var type: Range<Int>?
  private(set) var sharedIndex: Range<Int>?
  /// Whether the tag has `xml:space="preserve"`.
  private(set) var preservesSpace = false
  private var names: [Range<Int>] = []
  private var hasPrefixed = false
  /// The different names of attributes seen so far; libxml2 has a limit for them.
  private var known: [[UInt8]] = []

  private static let mostAttributes = 32
  // Writers use about ten.
  private static let mostNames = 40

  init(prefixes: [[UInt8]], longestValue: Int) {
    self.prefixes = prefixes
    self.longestValue = longestValue
  }

  /// Reads the attributes of a tag and its end, from behind its name.
  mutating func attributes(_ window: Span<UInt8>, _ position: inout Int) -> Step {
    reference = nil
    style = nil
    type = nil
    sharedIndex = nil
    preservesSpace = false
    if !names.isEmpty { names.removeAll(keepingCapacity: true) }
    hasPrefixed = false
    while true {
      let isApart = isXMLBlank(window[position])
      skipBlanks(window, &position)
      switch window[position] {
      case UInt8(ascii: ">"):
        position += 1
        return .tag(isEmpty: false)
      case UInt8(ascii: "/"):
        guard window[position + 1] == UInt8(ascii: ">") else {
          position += 1
          return .stop
        }
        position += 2
        return .tag(isEmpty: true)
      default:
        guard isApart, shortAttribute(window, &position) || attribute(window, &position) else {
          return .stop
        }
      }
    }
  }

  /// Reads `r="…"`, `s="…"` or `t="…"`, the attributes that nearly every cell has, and no other.
  @inline(__always)
  private mutating func shortAttribute(
    _ window: Span<UInt8>, _ position: inout Int
  ) -> Bool {
    guard window[position + 1] == UInt8(ascii: "="), window[position + 2] == UInt8(ascii: "\"")
    else { return false }
    let start = position + 3
    var end = start
    while isLetterOrDigit(window[end]) { end += 1 }
    guard window[end] == UInt8(ascii: "\""), end - start <= longestValue else { return false }
    // A second one is left to the general form, which refuses it.
    switch window[position] {
    case UInt8(ascii: "r") where reference == nil: reference = start..<end
    case UInt8(ascii: "s") where style == nil: style = start..<end
    case UInt8(ascii: "t") where type == nil: type = start..<end
    default: return false
    }
    position = end + 1
    return true
  }

  private mutating func attribute(_ window: Span<UInt8>, _ position: inout Int) -> Bool {
    let start = position
    guard name(window, &position) else { return false }
    if window[position] == UInt8(ascii: ":") {
      let prefix = start..<position
      position += 1
      // Two names with different prefixes may be the same name, which only namespaces tell.
      guard !hasPrefixed, isDeclared(window.extracting(prefix)), name(window, &position) else {
        return false
      }
      hasPrefixed = true
    }
    let name = start..<position
    skipBlanks(window, &position)
    guard window[position] == UInt8(ascii: "=") else { return false }
    position += 1
    skipBlanks(window, &position)
    guard let value = value(window, &position) else { return false }
    return note(window, name, value)
  }

  private func name(_ window: Span<UInt8>, _ position: inout Int) -> Bool {
    guard isNameStart(window[position]) else { return false }
    repeat { position += 1 } while isNameByte(window[position])
    return true
  }

  private func value(_ window: Span<UInt8>, _ position: inout Int) -> Range<Int>? {
    let quote = window[position]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
    position += 1
    let start = position
    while case let byte = window[position], byte != quote {
      guard 0x20..<0x7F ~= byte, byte != UInt8(ascii: "<"), byte != UInt8(ascii: "&") else {
        return nil
      }
      position += 1
    }
    position += 1
    return position - 1 - start <= longestValue ? start..<position - 1 : nil
  }

  private mutating func note(
    _ window: Span<UInt8>, _ name: Range<Int>, _ value: Range<Int>
  ) -> Bool {
    let text = window.extracting(name)
    for other in names where window.extracting(other).isEqual(to: text) { return false }
    guard names.count < Self.mostAttributes, isKnown(text) else { return false }
    names.append(name)
    switch text.count {
    case 1:
      switch text[0] {
      case UInt8(ascii: "r"):
        if reference != nil { return false }
        reference = value
      case UInt8(ascii: "s"):
        if style != nil { return false }
        style = value
      case UInt8(ascii: "t"):
        if type != nil { return false }
        type = value
      default: break
      }
    case 2 where text[0] == UInt8(ascii: "s") && text[1] == UInt8(ascii: "i"): sharedIndex = value
    // A namespace declared here may change what every name within means.
    case 5 where text.isEqual(to: "xmlns"): return false
    case 9 where text.isEqual(to: "xml:space"):
      preservesSpace = window.extracting(value).isEqual(to: "preserve")
    default: break
    }
    return true
  }

  /// Whether the name was seen before, or is one of the few that may be new.
  private mutating func isKnown(_ name: Span<UInt8>) -> Bool {
    for other in known where name.isEqual(to: other.span) { return true }
    guard known.count < Self.mostNames else { return false }
    known.append(name.bytes)
    return true
  }

  private func isDeclared(_ prefix: Span<UInt8>) -> Bool {
    if prefix.isEqual(to: "xml") { return true }
    return prefixes.contains { prefix.isEqual(to: $0.span) }
  }
}

@inline(__always)
func skipBlanks(_ window: Span<UInt8>, _ position: inout Int) {
  while isXMLBlank(window[position]) { position += 1 }
}

private func isNameStart(_ byte: UInt8) -> Bool {
  UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte == UInt8(ascii: "_")
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
  UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || isDigit(byte)
}

private func isNameByte(_ byte: UInt8) -> Bool {
  isNameStart(byte) || isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
}

extension Span<UInt8> {
  func isEqual(to other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
  }
}
