/// The date of an `Expires` attribute, in any of the shapes that servers send.
///
/// Source: RFC 6265, section 5.1.1.
struct CookieDate: Equatable {
  let year: Int
  let month: Int
  let day: Int
  let hour: Int
  let minute: Int
  let second: Int

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// Reads a date; nil where a client must ignore it.
  init?(parsing text: String) {
    var time: (Int, Int, Int)?
    var day: Int?
    var month: Int?
    var year: Int?
    for token in text.utf8.split(whereSeparator: Self.isDelimiter) {
      let word = String(Substring(token))
      if time == nil, let found = Self.time(word) {
        time = found
      } else if day == nil, let found = Self.number(word, digits: 1...2) {
        day = found
      } else if month == nil,
        let found = Self.months.firstIndex(of: word.prefix(3).lowercased())
      {
        month = found + 1
      } else if year == nil, let found = Self.number(word, digits: 2...4) {
        year = found
      }
    }
    guard let time, let day, let month, var year else { return nil }
    if (70...99).contains(year) { year += 1_900 }
    if (0...69).contains(year) { year += 2_000 }
    guard (1...Self.days(of: month, in: year)).contains(day), year >= 1_601, time.0 <= 23,
      time.1 <= 59, time.2 <= 59
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
    (hour, minute, second) = time
  }

  /// The instant, which is in UTC.
  var secondsSince1970: Double {
    // Days from the civil calendar; March is the first month, so that the leap day is the last.
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    return Double(days * 86_400 + hour * 3_600 + minute * 60 + second)
  }

  private static func isDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x20...0x2f, 0x3b...0x40, 0x5b...0x60, 0x7b...0x7e: true
    default: false
    }
  }

  private static func days(of month: Int, in year: Int) -> Int {
    switch month {
    case 2:
      year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func time(_ word: String) -> (Int, Int, Int)? {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    // Only what follows the seconds may be something else.
    guard parts.count == 3, parts[..<2].allSatisfy({ $0.allSatisfy(\.isNumber) }),
      let hour = number(String(parts[0]), digits: 1...2),
      let minute = number(String(parts[1]), digits: 1...2),
      let second = number(String(parts[2]), digits: 1...2)
    else { return nil }
    return (hour, minute, second)
  }

  /// The number at the beginning of a word, where it has so many digits and no more follow.
  private static func number(_ word: String, digits: ClosedRange<Int>) -> Int? {
    let number = word.prefix { $0.isASCII && $0.isNumber }
    guard digits.contains(number.count) else { return nil }
    return Int(number)
  }
}
