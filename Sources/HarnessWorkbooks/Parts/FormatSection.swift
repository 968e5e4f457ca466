/// A section of a number format: which numbers it is for, and what it makes of them.
///
/// Source: ECMA-376, part 1, section 18.8.31.
struct FormatSection: Sendable, Hashable {
  /// What a number is held against, such as `[>=100]`.
  struct Condition: Sendable, Hashable {
    enum Comparison: String, Sendable {
      case less = "<"
      case atMost = "<="
      case greater = ">"
      case atLeast = ">="
      case equal = "="
      case unequal = "<>"
    }

    var comparison: Comparison
    var bound: Double

    func holds(for number: Double) -> Bool {
      switch comparison {
      case .less: number < bound
      case .atMost: number <= bound
      case .greater: number > bound
      case .atLeast: number >= bound
      case .equal: number == bound
      case .unequal: number != bound
      }
    }
  }

  var condition: Condition?
  let meaning: NumberFormat.Meaning
  /// Whether a day or a year shows, and not a time alone.
  let showsDay: Bool

  /// The sections of a code that numbers are written by: at most three; the fourth is for texts.
  ///
  /// A section without a condition has the one of its place: the first is for positive numbers, the second for
  /// negative ones, the third for zero; the last one takes what is left.
  static func sections(of code: [UInt8]) -> [FormatSection] {
    var sections = split(code).prefix(3).map { FormatSection($0) }
    let last = sections.count - 1
    for index in sections.indices where sections[index].condition == nil && index < last {
      let isZeroPositive = last == 1
      sections[index].condition =
        index == 0
        ? Condition(comparison: isZeroPositive ? .atLeast : .greater, bound: 0)
        : Condition(comparison: .less, bound: 0)
    }
    return sections
  }

  private init(_ code: ArraySlice<UInt8>) {
    var reader = FormatSectionReader(code)
    reader.read()
    condition = reader.condition
    meaning = reader.meaning
    showsDay = reader.showsDay
  }

  /// Cuts a code at its semicolons, but for those that are text.
  private static func split(_ code: [UInt8]) -> [ArraySlice<UInt8>] {
    var sections: [ArraySlice<UInt8>] = []
    var start = 0
    var position = 0
    while position < code.count {
      switch code[position] {
      case UInt8(ascii: ";"):
        sections.append(code[start..<position])
        start = position + 1
      case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): position += 1
      case UInt8(ascii: "\""): position = code[(position + 1)...].firstIndex(of: 0x22) ?? code.count
      case UInt8(ascii: "["): position = code[position...].firstIndex(of: 0x5D) ?? code.count
      default: break
      }
      position += 1
    }
    sections.append(code[min(start, code.count)...])
    return sections
  }
}

/// Reads one section of a format's code.
private struct FormatSectionReader {
  private let code: ArraySlice<UInt8>
  private(set) var condition: FormatSection.Condition?
  private(set) var meaning = NumberFormat.Meaning.number
  private(set) var showsDay = false

  init(_ code: ArraySlice<UInt8>) { self.code = code }

  mutating func read() {
    var position = code.startIndex
    while position < code.endIndex {
      let byte = code[position]
      switch byte {
      case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"):
        // The next character is shown, is left as wide a gap, or fills the cell.
        position += 1
      case UInt8(ascii: "\""):
        position = code[(position + 1)...].firstIndex(of: byte) ?? code.endIndex
      case UInt8(ascii: "["):
        let end = code[position...].firstIndex(of: UInt8(ascii: "]")) ?? code.endIndex
        bracket(code[(position + 1)..<end])
        position = end
      case UInt8(ascii: "G"), UInt8(ascii: "g"):
        // The word "General"; alone, the letter is an era, which comes with a year.
        let word = code[position...].prefix(7)
        if String(decoding: word, as: UTF8.self).lowercased() == "general" { position += 6 }
      case UInt8(ascii: "E"), UInt8(ascii: "e"):
        let sign = position + 1 < code.endIndex ? code[position + 1] : 0
        if sign != UInt8(ascii: "+") && sign != UInt8(ascii: "-") { showDay() }
      case _ where "yd".utf8.contains(byte | 0x20): showDay()
      // An `m` is a month or a minute, so it says nothing on the day.
      case _ where "mhs".utf8.contains(byte | 0x20): if meaning == .number { meaning = .date }
      default: break
      }
      position += 1
    }
  }

  private mutating func showDay() {
    // After an elapsed time, what looks like a day is none that Excel would accept.
    guard meaning != .duration else { return }
    meaning = .date
    showsDay = true
  }

  private mutating func bracket(_ content: ArraySlice<UInt8>) {
    if meaning == .number, Self.isElapsed(content) {
      meaning = .duration
    } else if condition == nil {
      condition = Self.condition(content)
    }
  }

  /// Whether the content of brackets counts hours, minutes or seconds, rather than a colour or a language.
  private static func isElapsed(_ content: ArraySlice<UInt8>) -> Bool {
    guard let first = content.first.map({ $0 | 0x20 }), "hms".utf8.contains(first) else {
      return false
    }
    return content.allSatisfy { $0 | 0x20 == first }
  }

  private static func condition(_ content: ArraySlice<UInt8>) -> FormatSection.Condition? {
    let text = String(decoding: content, as: UTF8.self)
    let sign = text.prefix { "<>=".contains($0) }
    let bound = text.dropFirst(sign.count).filter { $0 != " " }
    guard let comparison = FormatSection.Condition.Comparison(rawValue: String(sign)),
      isNumber(bound.utf8), let bound = Double(bound)
    else { return nil }
    return .init(comparison: comparison, bound: bound)
  }
}
