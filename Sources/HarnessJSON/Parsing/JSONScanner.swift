/// Reads a text by the grammar of RFC 8259 into a tape, without recursion.
///
/// The bytes are walked once. Where the grammar is broken, ``JSONDiagnosis`` looks again and says what
/// was expected.
@safe struct JSONScanner {
  /// A container that is open, or the text itself.
  private struct Frame: BitwiseCopyable {
    var token: Int
    var children: Int
    var isObject: Bool
    /// How many strides were noted before it was opened.
    var strides: Int
  }

  private let bytes: [UInt8]
  private let text: JSONText
  private var maximumDepth = 0
  private var maximumNumberDigits = 0
  private var tokens: UnsafeMutablePointer<JSONToken>
  private var capacity: Int
  private var count = 0
  private var strides = JSONStrides()

  /// Reads the whole text.
  static func tape(of bytes: [UInt8], limits: JSONLimits) throws(JSONError) -> JSONTape {
    let maximumSize = max(0, min(limits.maximumSize, JSONLimits.largestSize))
    let maximumDepth = min(limits.maximumDepth, JSONLimits.largestDepth)
    return try tape(
      of: bytes, maximumSize: maximumSize, maximumDepth: maximumDepth,
      maximumNumberDigits: limits.maximumNumberDigits)
  }

  /// Reads the whole text, within limits that are not bounded themselves.
  static func tape(
    of bytes: [UInt8], maximumSize: Int, maximumDepth: Int, maximumNumberDigits: Int
  ) throws(JSONError) -> JSONTape {
    guard bytes.count <= maximumSize else {
      throw JSONError(
        .limit, "the text has \(bytes.count) bytes, the limit is \(maximumSize)",
        at: maximumSize, in: bytes)
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw JSONError(
        .encoding, "a JSON text must not begin with a byte-order mark", at: 0, in: bytes)
    }
    return try unsafe bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
      var scanner = unsafe JSONScanner(bytes, JSONText(buffer))
      scanner.maximumDepth = maximumDepth
      scanner.maximumNumberDigits = maximumNumberDigits
      return try scanner.scanWhole()
    }
  }

  private init(_ bytes: [UInt8], _ text: JSONText) {
    self.bytes = bytes
    self.text = text
    // A guess that holds for most documents. The memory that is not used is never touched.
    capacity = bytes.count / 6 + 16
    unsafe tokens = .allocate(capacity: capacity)
  }

  private mutating func scanWhole() throws(JSONError) -> JSONTape {
    do {
      try scan()
    } catch {
      unsafe tokens.deallocate()
      throw error
    }
    strides.finish()
    return unsafe JSONTape(bytes: bytes, tokens: tokens, count: count, strides: strides)
  }

  private mutating func scan() throws(JSONError) {
    let text = self.text
    var open: [Frame] = []
    var frame = Frame(token: -1, children: 0, isObject: false, strides: 0)
    var index = 0
    // Each round reads one value, and what closes or separates values after it.
    while true {
      index = text.afterWhitespace(index)
      if count + 3 > capacity { grow(reached: index) }
      let byte = index < text.count ? text[index] : 0
      switch byte {
      case UInt8(ascii: "\""):
        index = try appendString(.string, escaped: .escapedString, at: index)
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        index = try appendNumber(at: index)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard open.count < maximumDepth else { throw tooDeep(at: index) }
        open.append(frame)
        frame = Frame(
          token: count, children: 0, isObject: byte == UInt8(ascii: "{"), strides: strides.pending)
        append(JSONToken(frame.isObject ? .object : .array, start: index, payload: 0))
        index = text.afterWhitespace(index + 1)
        let closing = frame.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
        if index < text.count, text[index] == closing { break }
        if frame.isObject { index = try appendName(at: index, orClosing: true) }
        frame.children = 1
        continue
      case UInt8(ascii: "t"):
        guard text.has(UInt8(ascii: "r"), UInt8(ascii: "u"), UInt8(ascii: "e"), after: index)
        else { throw brokenValue(at: index, in: frame) }
        append(JSONToken(.true, start: index, payload: 4))
        index += 4
      case UInt8(ascii: "n"):
        guard text.has(UInt8(ascii: "u"), UInt8(ascii: "l"), UInt8(ascii: "l"), after: index)
        else { throw brokenValue(at: index, in: frame) }
        append(JSONToken(.null, start: index, payload: 4))
        index += 4
      case UInt8(ascii: "f"):
        guard
          text.has(UInt8(ascii: "a"), UInt8(ascii: "l"), UInt8(ascii: "s"), after: index),
          index + 4 < text.count, text[index + 4] == UInt8(ascii: "e")
        else { throw brokenValue(at: index, in: frame) }
        append(JSONToken(.false, start: index, payload: 5))
        index += 5
      default:
        throw brokenValue(at: index, in: frame)
      }
      // Here a value has ended, or an empty container's closing bracket stands.
      while true {
        guard frame.token >= 0 else {
          index = text.afterWhitespace(index)
          guard index == text.count else {
            throw JSONDiagnosis(bytes, at: index).unexpected("the end of the text")
          }
          return
        }
        index = text.afterWhitespace(index)
        let byte = index < text.count ? text[index] : 0
        if byte == UInt8(ascii: ",") {
          // The next child is the sixteenth after one that was noted.
          if frame.children % JSONStrides.stride == 0 { strides.note(child: count) }
          frame.children += 1
          index += 1
          if frame.isObject {
            index = try appendName(
              at: text.afterWhitespace(index), orClosing: false)
          }
          break
        }
        guard byte == (frame.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
          throw JSONDiagnosis(bytes, at: index).unexpected(
            frame.isObject ? "\",\" or \"}\"" : "\",\" or \"]\"")
        }
        if count + 3 > capacity { grow(reached: index) }
        close(frame, at: index)
        index += 1
        frame = open.removeLast()
      }
    }
  }

  @inline(__always)
  private mutating func append(_ token: JSONToken) {
    unsafe tokens[count] = token
    count += 1
  }

  @inline(__always)
  private mutating func appendString(
    _ plain: JSONToken.Kind, escaped: JSONToken.Kind, at start: Int
  ) throws(JSONError) -> Int {
    var isEscaped = false
    let end = text.endOfString(start, isEscaped: &isEscaped)
    guard end > 0 else { throw brokenString(at: start) }
    append(JSONToken(isEscaped ? escaped : plain, start: start, payload: end - start))
    return end
  }

  @inline(__always)
  private mutating func appendNumber(at start: Int) throws(JSONError) -> Int {
    var isDecimal = false
    let end = text.endOfNumber(start, isDecimal: &isDecimal)
    guard end > 0, end - start <= maximumNumberDigits else {
      return try appendLongNumber(at: start, end: end, isDecimal)
    }
    append(JSONToken(isDecimal ? .decimal : .integer, start: start, payload: end - start))
    return end
  }

  /// Reads a name and the colon after it.
  @inline(__always)
  private mutating func appendName(at start: Int, orClosing: Bool) throws(JSONError) -> Int {
    guard start < text.count, text[start] == UInt8(ascii: "\"") else {
      throw JSONDiagnosis(bytes, at: start).unexpected(
        orClosing ? "a member name or \"}\"" : "a member name")
    }
    let end = text.afterWhitespace(try appendString(.name, escaped: .escapedName, at: start))
    guard end < text.count, text[end] == UInt8(ascii: ":") else {
      throw JSONDiagnosis(bytes, at: end).unexpected("\":\"")
    }
    return end + 1
  }

  @inline(__always)
  private mutating func close(_ frame: Frame, at index: Int) {
    append(JSONToken(.close, start: index, payload: frame.children))
    let kind: JSONToken.Kind = frame.isObject ? .object : .array
    let start = unsafe tokens[frame.token].start
    unsafe tokens[frame.token] = JSONToken(kind, start: start, payload: count)
    if frame.children > JSONStrides.stride {
      // Scalars stand side by side, and need no notes.
      let width = frame.isObject ? 2 : 1
      strides.close(
        frame.token, notedBefore: frame.strides,
        isKept: frame.children >= JSONStrides.threshold
          && count - frame.token - 2 > frame.children * width)
    }
  }

  /// Makes room, by how dense the tokens were so far.
  @inline(never)
  private mutating func grow(reached index: Int) {
    let expected = Double(count) / Double(max(index, 1)) * Double(bytes.count) * 1.1
    // Never more than a token for each byte, and its end.
    let wanted = min(max(capacity + capacity / 2, Int(expected)), bytes.count + 16) + 16
    let larger = UnsafeMutablePointer<JSONToken>.allocate(capacity: wanted)
    unsafe larger.moveInitialize(from: tokens, count: count)
    unsafe tokens.deallocate()
    unsafe tokens = unsafe larger
    capacity = wanted
  }
}

// The ways in which a text is broken; kept out of the loop above.
extension JSONScanner {
  @inline(never)
  private func brokenString(at index: Int) -> JSONError {
    var diagnosis = JSONDiagnosis(bytes, at: index)
    return diagnosis.brokenString()
  }

  @inline(never)
  private func brokenValue(at index: Int, in frame: Frame) -> JSONError {
    var diagnosis = JSONDiagnosis(bytes, at: index)
    // Only right behind its bracket may an array end without a value.
    let isFirst = frame.token >= 0 && !frame.isObject && count == frame.token + 1
    return diagnosis.brokenValue(expected: isFirst ? "a value or \"]\"" : "a value")
  }

  @inline(never)
  private func tooDeep(at index: Int) -> JSONError {
    JSONDiagnosis(bytes, at: index).error(.limit, "nested deeper than the limit of \(maximumDepth)")
  }

  /// A number that may have too many digits, or is broken.
  @inline(never)
  private mutating func appendLongNumber(
    at start: Int, end: Int, _ isDecimal: Bool
  ) throws(JSONError) -> Int {
    guard end > 0 else {
      throw brokenValue(at: start, in: Frame(token: -1, children: 0, isObject: false, strides: 0))
    }
    let digits = bytes[start..<end].count(where: isDigit)
    guard digits <= maximumNumberDigits else {
      throw JSONDiagnosis(bytes, at: start).error(
        .limit, "a number of \(digits) digits, the limit is \(maximumNumberDigits)")
    }
    append(JSONToken(isDecimal ? .decimal : .integer, start: start, payload: end - start))
    return end
  }
}
