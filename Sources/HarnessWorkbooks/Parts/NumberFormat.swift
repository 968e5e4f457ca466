/// What a number format makes of a number.
///
/// Source: ECMA-376, part 1, sections 18.8.30 (built-in formats) and 18.8.31 (format codes).
struct NumberFormat: Sendable, Hashable {
  /// What kind of value a number under the format is.
  enum Meaning: Sendable, Hashable {
    case number
    /// A day, a time of day, or both.
    case date
    /// An elapsed time, such as `[h]:mm`.
    case duration
  }

  let meaning: Meaning
  /// Whether a day or a year shows, and not a time alone; false as well where the code is not known.
  let showsDay: Bool
  /// The code; nil for the general format and for built-in formats that depend on the language.
  let code: String?

  static let general = NumberFormat(meaning: .number, code: nil)

  init(meaning: Meaning, code: String?) {
    self.meaning = meaning
    self.code = code
    showsDay = false
  }

  /// A format by its code.
  init(code: String) {
    self.code = code
    (meaning, showsDay) = Self.meaning(of: Array(code.utf8))
  }

  /// A built-in format by its number.
  init(builtIn id: Int) {
    if let code = Self.codes[id] {
      self.init(code: code)
    } else if 27...36 ~= id || 50...58 ~= id {
      // Dates of Chinese, Japanese and Korean; their codes depend on the language.
      self.init(meaning: .date, code: nil)
    } else {
      self = .general
    }
  }

  private static let codes: [Int: String] = [
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
    37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0",
    49: "@",
  ]

  /// Reads the first section of a code, the one for numbers that dates are.
  private static func meaning(of code: [UInt8]) -> (Meaning, showsDay: Bool) {
    var meaning = Meaning.number
    var position = 0
    while position < code.count {
      let byte = code[position]
      switch byte {
      case UInt8(ascii: ";"): return (meaning, false)
      case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"):
        // The next character is shown, is left as wide a gap, or fills the cell.
        position += 1
      case UInt8(ascii: "\""):
        position = code[(position + 1)...].firstIndex(of: byte) ?? code.count
      case UInt8(ascii: "["):
        let end = code[position...].firstIndex(of: UInt8(ascii: "]")) ?? code.count
        if meaning == .number, isElapsed(code[(position + 1)..<end]) { return (.duration, false) }
        position = end
      case UInt8(ascii: "G"), UInt8(ascii: "g"):
        // The word "General"; alone, the letter is an era, which comes with a year.
        let word = code[position...].prefix(7)
        if String(decoding: word, as: UTF8.self).lowercased() == "general" { position += 6 }
      case UInt8(ascii: "E"), UInt8(ascii: "e"):
        let sign = position + 1 < code.count ? code[position + 1] : 0
        if sign != UInt8(ascii: "+") && sign != UInt8(ascii: "-") { return (.date, true) }
      case _ where "yd".utf8.contains(byte | 0x20): return (.date, true)
      // An `m` is a month or a minute, so it says nothing on the day.
      case _ where "mhs".utf8.contains(byte | 0x20): meaning = .date
      default: break
      }
      position += 1
    }
    return (meaning, false)
  }

  /// Whether the content of brackets counts hours, minutes or seconds, rather than a colour or a language.
  private static func isElapsed(_ content: ArraySlice<UInt8>) -> Bool {
    guard let first = content.first.map({ $0 | 0x20 }), "hms".utf8.contains(first) else {
      return false
    }
    return content.allSatisfy { $0 | 0x20 == first }
  }
}
