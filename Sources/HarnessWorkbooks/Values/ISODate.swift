/// The value of a cell of the type `d`, which writes days, times and durations out.
///
/// A day such as `2025-06-24`, with a time behind a `T` or without; a time such as `13:45` or `13:45:22.125`;
/// a duration such as `PT1H30M`, without years and months, whose lengths differ. 24:00 is the start of the next
/// day, and of a time alone midnight. A `Z` is left off: the standard's own examples have it, and Excel shows
/// what is before it. Another offset from UTC would be lost in silence, so that such a text is none of these.
///
/// Source: ECMA-376, part 1, sections 18.17.4 and 18.18.11 (ST_CellType); ISO 8601; for 24:00, XML Schema 1.1
/// part 2, sections 3.3.7 and 3.3.8.
enum ISODate {
  // Longer than any of these; of a number with a million digits not one needs to be read.
  private static let longest = 64

  /// The value; nil for any other text.
  static func value(of text: borrowing Span<UInt8>) -> CellValue? {
    plainValue(of: text) ?? value(of: String(decoding: text))
  }

  /// The day, with a time to the second or without, that nearly every such cell holds.
  private static func plainValue(of text: borrowing Span<UInt8>) -> CellValue? {
    guard text.count == 10 || text.count == 19, text[4] == UInt8(ascii: "-"),
      text[7] == UInt8(ascii: "-"),
      let year = wholeNumber(text.extracting(0..<4)),
      let month = wholeNumber(text.extracting(5..<7)),
      let day = wholeNumber(text.extracting(8..<10)),
      let date = SheetDate(year: year, month: month, day: day)
    else { return nil }
    if text.count == 10 { return .date(SheetDateTime(date)) }
    guard text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"),
      text[16] == UInt8(ascii: ":"),
      let hour = wholeNumber(text.extracting(11..<13)),
      let minute = wholeNumber(text.extracting(14..<16)),
      let second = wholeNumber(text.extracting(17..<19)),
      let time = SheetTime(hour: hour, minute: minute, second: second)
    else { return nil }
    return .date(SheetDateTime(date, time))
  }

  private static func value(of text: String) -> CellValue? {
    guard text.utf8.count <= longest else { return nil }
    let bytes = Array(text.utf8)
    if bytes.first == UInt8(ascii: "P") || bytes.starts(with: "-P".utf8) {
      return duration(bytes[...]).map { .duration($0) }
    }
    let local = withoutUTC(text[...])
    if let colon = local.firstIndex(of: ":"), !local[..<colon].contains("-") {
      return time(local.first == "T" ? local.dropFirst() : local).map { .time($0.time) }
    }
    let parts = local.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
    guard let date = SheetDate(parts[0]) else { return nil }
    guard parts.count == 2 else { return .date(SheetDateTime(date)) }
    guard let (time, isNextDay) = time(parts[1]),
      let day = isNextDay ? date.next : date
    else { return nil }
    return .date(SheetDateTime(day, time))
  }

  /// What may be the reason that a text is none.
  static func hint(on text: String) -> String? {
    guard text.utf8.count <= longest,
      let time = text.split(separator: "T", omittingEmptySubsequences: false).last,
      time.contains(":"), let sign = time.lastIndex(where: { "+-".contains($0) }),
      value(of: String(text[..<sign])) != nil
    else { return nil }
    return "it is in a time zone, and a cell has none"
  }

  private static func withoutUTC(_ text: Substring) -> Substring {
    for zone in ["Z", "+00:00", "-00:00"] where text.hasSuffix(zone) {
      return text.dropLast(zone.count)
    }
    return text
  }

  private static func time(_ text: Substring) -> (time: SheetTime, isNextDay: Bool)? {
    if let time = SheetTime(text) { return (time, false) }
    let isEnd = text.hasPrefix("24:00") && SheetTime("00\(text.dropFirst(2))") == .midnight
    return isEnd ? (.midnight, true) : nil
  }

  private static func duration(_ bytes: ArraySlice<UInt8>) -> Duration? {
    let isNegative = bytes.first == UInt8(ascii: "-")
    var rest = bytes.dropFirst(isNegative ? 2 : 1)
    var milliseconds = 0.0
    // Each unit at most once, in this order, those below a day behind a T.
    var units: [(name: Character, length: Double)] = [
      ("D", 86_400_000), ("T", 0), ("H", 3_600_000), ("M", 60_000), ("S", 1000),
    ]
    var hasNumber = false
    while let first = rest.first {
      let digits = rest.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
      rest = rest.dropFirst(digits.count)
      guard let byte = rest.popFirst(),
        let place = units.firstIndex(where: { $0.name.asciiValue == byte })
      else { return nil }
      // A time of hours, minutes or seconds has its T before it, which is then gone from the list.
      guard place == 0 || units[0].name != "D" && units[0].name != "T" || byte == UInt8(ascii: "T")
      else { return nil }
      if byte == UInt8(ascii: "T") {
        guard digits.isEmpty, !rest.isEmpty else { return nil }
      } else {
        guard isDigit(first), digits.last.map(isDigit) == true,
          let number = Double(String(decoding: digits, as: UTF8.self)),
          byte == UInt8(ascii: "S") || !digits.contains(UInt8(ascii: "."))
        else { return nil }
        milliseconds += number * units[place].length
        hasNumber = true
      }
      units.removeFirst(place + 1)
    }
    guard hasNumber, milliseconds < CellContext.longestDuration * 86_400_000 else { return nil }
    return .milliseconds(Int(milliseconds.rounded()) * (isNegative ? -1 : 1))
  }
}

extension SheetDate {
  /// The day after this one; nil after the year 9999.
  fileprivate var next: SheetDate? {
    if let last = SheetDate(year: 9999, month: 12, day: 31), self >= last { return nil }
    // The leap day of Excel is counted as the day after it.
    let isLeapDayOfExcel = self == SheetDate(year: 1900, month: 2, day: 29)
    return SheetDate(daysSince1970: daysSince1970 + (isLeapDayOfExcel ? 0 : 1))
  }
}
