/// Whether a text is a UUID: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.
///
/// Source: RFC 9562, section 4.
func isUUID(_ text: String) -> Bool {
  let groups = text.split(separator: "-", omittingEmptySubsequences: false)
  return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
    && groups.joined().unicodeScalars.allSatisfy(\.properties.isASCIIHexDigit)
}

/// Whether a text is a date and time with an offset, such as `2025-06-24T10:30:00.5Z`.
///
/// Source: RFC 3339, sections 5.6 and 5.7.
func isTimestamp(_ text: String) -> Bool {
  guard
    let match = text.wholeMatch(
      of:
        /([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:[Zz]|[+-]([0-9]{2}):([0-9]{2}))/
    ),
    let year = Int(match.1), let month = Int(match.2), let day = Int(match.3),
    let hour = Int(match.4), let minute = Int(match.5), let second = Int(match.6)
  else { return false }
  let offset = (match.7.flatMap { Int($0) } ?? 0, match.8.flatMap { Int($0) } ?? 0)
  // A leap second is written as 60.
  return (1...12).contains(month) && (1...days(of: month, year)).contains(day) && hour < 24
    && minute < 60 && second <= 60 && offset.0 < 24 && offset.1 < 60
}

private func days(of month: Int, _ year: Int) -> Int {
  switch month {
  case 2:
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
  case 4, 6, 9, 11: 30
  default: 31
  }
}
