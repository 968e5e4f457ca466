/// A day of the calendar, in no time zone.
///
/// A sheet stores a day as a count of days, not as an instant: to give it a time zone is the reader's
/// decision, so none is given here.
public struct SheetDate: Sendable, Hashable {
  /// The year of the Gregorian calendar, 1900 to 9999 in a sheet.
  public let year: Int
  /// The month, 1 to 12.
  public let month: Int
  /// The day of the month, 1 to 31.
  public let day: Int

  /// A day that exists, or 29 February 1900, which Excel believes to exist; nil for any other numbers.
  public init?(year: Int, month: Int, day: Int) {
    guard 1...9999 ~= year, 1...12 ~= month, day >= 1 else { return nil }
    let leapDayOfExcel = year == 1900 && month == 2 && day == 29
    guard leapDayOfExcel || day <= Self.daysInMonth(month, of: year) else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// A day written as `2025-06-24`; nil when `text` is not one.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    // Digits alone: `Int` would take a sign too.
    guard parts.count == 3, parts.allSatisfy({ $0.utf8.allSatisfy(isDigit) }),
      parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
      let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  private static func daysInMonth(_ month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension SheetDate {
  // Days are counted by eras of 400 years that begin on 1 March, so that the leap day comes last.
  // Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".

  /// Days since 1 January 1970.
  package var daysSince1970: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The day `days` after 1 January 1970; for days of the years 1 to 9999 only.
  package init(daysSince1970 days: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }
}

extension SheetDate: Comparable {
  /// Orders by the calendar.
  public static func < (left: SheetDate, right: SheetDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension SheetDate: CustomStringConvertible {
  /// The day as `2025-06-24`.
  public var description: String {
    "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }
}

extension SheetDate: Codable {
  /// Decodes the text `2025-06-24`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let date = SheetDate(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(shown(text)) is not a day such as 2025-06-24")
    }
    self = date
  }

  /// Encodes the text `2025-06-24`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// `number` in decimal digits, with zeros before it up to `width`.
func padded(_ number: Int, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
