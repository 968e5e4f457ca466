/// From which day a workbook counts its days.
///
/// Source: ECMA-376, part 1, section 18.17.4.1.
public enum DateEpoch: Sendable, Hashable {
  /// Day 1 is 1 January 1900, and day 60 is 29 February 1900, which never was: the usual one.
  case year1900
  /// Day 0 is 1 January 1904: workbooks that began on old Macintoshes.
  case year1904
}

extension DateEpoch {
  private static let millisecondsPerDay = 86_400_000.0
  private static let daysTo1900 = SheetDate(year: 1899, month: 12, day: 31)!.daysSince1970
  private static let daysTo1904 = SheetDate(year: 1904, month: 1, day: 1)!.daysSince1970
  private static let lastDay = SheetDate(year: 9999, month: 12, day: 31)!.daysSince1970
  private static let leapDayOfExcel = 60

  /// What a count of days means under a date format: a time of day below 1, else a day with a time.
  ///
  /// Day 0 is a day from 1904 on, where the format shows one; counted from 1900 it is none.
  ///
  /// Nil where Excel shows no date either: below zero and after 9999.
  func value(ofSerial serial: Double, showsDay: Bool) -> CellValue? {
    guard serial.isFinite, serial >= 0, serial < 3_000_000 else { return nil }
    if serial < 1, self == .year1900 || !showsDay {
      // What would round up to the next day is still a time of this one.
      let time = min(Int((serial * Self.millisecondsPerDay).rounded()), 86_399_999)
      return .time(SheetTime(checkedMillisecond: time))
    }
    // A double holds the serial to about a microsecond: the millisecond is what was meant.
    let milliseconds = Int((serial * Self.millisecondsPerDay).rounded())
    let day = milliseconds / 86_400_000
    let time = SheetTime(checkedMillisecond: milliseconds % 86_400_000)
    guard let date = date(ofDay: day) else { return nil }
    return .date(SheetDateTime(date, time))
  }

  private func date(ofDay day: Int) -> SheetDate? {
    let since1970: Int
    switch self {
    case .year1900:
      if day == Self.leapDayOfExcel { return SheetDate(year: 1900, month: 2, day: 29) }
      since1970 = Self.daysTo1900 + (day < Self.leapDayOfExcel ? day : day - 1)
    case .year1904:
      since1970 = Self.daysTo1904 + day
    }
    return since1970 <= Self.lastDay ? SheetDate(daysSince1970: since1970) : nil
  }

  /// The count of days that stands for a day with a time; nil for a day before the epoch.
  func serial(of point: SheetDateTime) -> Double? {
    let day: Int
    switch self {
    case .year1900:
      let since = point.date.daysSince1970 - Self.daysTo1900
      let leapDay = point.date == SheetDate(year: 1900, month: 2, day: 29)
      day = leapDay ? Self.leapDayOfExcel : since < Self.leapDayOfExcel ? since : since + 1
    case .year1904:
      day = point.date.daysSince1970 - Self.daysTo1904
    }
    guard day >= (self == .year1900 ? 1 : 0) else { return nil }
    return Double(day) + Double(point.time.millisecondOfDay) / Self.millisecondsPerDay
  }
}
