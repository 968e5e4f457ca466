/// What a cell holds.
///
/// Dates, times and durations are numbers in the file; the cell's number format says which they are.
public enum CellValue: Sendable, Hashable {
  /// Nothing, or a style alone.
  case empty
  /// A number.
  case number(Double)
  /// Text, with rich runs joined and without phonetic hints.
  case text(String)
  /// True or false.
  case boolean(Bool)
  /// An error, such as `#N/A`.
  case error(CellError)
  /// A day, with a time where the cell has one.
  case date(SheetDateTime)
  /// A time of day without a day: a number below 1 under a date or time format.
  case time(SheetTime)
  /// An elapsed time: a number under a format such as `[h]:mm`.
  case duration(Duration)
}

extension CellValue: CustomStringConvertible {
  /// The value as a failure message shows it: text in quotes, all else bare.
  ///
  /// Characters that cannot be seen are escapes, and a text is cut after 100 characters.
  public var description: String {
    switch self {
    case .empty: "empty"
    case .number(let number): shortest(number)
    case .text(let text): shown(text)
    case .boolean(let boolean): boolean ? "TRUE" : "FALSE"
    case .error(let error): "\(error)"
    case .date(let point): point.time == .midnight ? "\(point.date)" : "\(point)"
    case .time(let time): "\(time)"
    case .duration(let duration): elapsed(duration)
    }
  }
}

/// A number without the `.0` of a whole one.
func shortest(_ number: Double) -> String {
  // The magnitude: the least `Int` has no absolute value that is one.
  if let whole = Int(exactly: number), whole.magnitude < 1 << 53 { return String(whole) }
  return number.description
}

/// An elapsed time as `[h]:mm:ss` shows it, with milliseconds where there are any.
func elapsed(_ duration: Duration) -> String {
  guard let milliseconds = Int(exactly: (duration / .milliseconds(1)).rounded()) else {
    // Longer than any that a sheet holds.
    return duration.description
  }
  let time = SheetTime(checkedMillisecond: Int(milliseconds.magnitude % 86_400_000))
  let hours = milliseconds.magnitude / 3_600_000
  return "\(milliseconds < 0 ? "-" : "")\(hours)\("\(time)".dropFirst(2))"
}
