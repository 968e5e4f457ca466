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

  /// What the first section makes of a number: what all make of it where the format is uniform.
  let meaning: Meaning
  /// Whether the first section shows a day or a year, and not a time alone; false as well where the code is
  /// not known.
  let showsDay: Bool
  /// Whether all numbers mean the same.
  let isUniform: Bool
  /// The code; nil for the general format and for built-in formats that depend on the language.
  let code: String?

  // Empty where one meaning does for all.
  private let sections: [FormatSection]

  static let general = NumberFormat(meaning: .number, code: nil)

  init(meaning: Meaning, code: String?) {
    self.meaning = meaning
    self.code = code
    showsDay = false
    isUniform = true
    sections = []
  }

  /// A format by its code.
  init(code: String) {
    self.code = code
    let sections = FormatSection.sections(of: Array(code.utf8))
    let first = sections[0]
    meaning = first.meaning
    showsDay = first.showsDay
    isUniform = sections.allSatisfy {
      $0.meaning == first.meaning && $0.showsDay == first.showsDay
    }
    self.sections = isUniform ? [] : sections
  }

  /// What the section that applies to a number makes of it.
  func reading(of number: Double) -> (meaning: Meaning, showsDay: Bool) {
    guard !isUniform, let last = sections.last else { return (meaning, showsDay) }
    let section = sections.first { $0.condition?.holds(for: number) ?? true } ?? last
    return (section.meaning, section.showsDay)
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
}
