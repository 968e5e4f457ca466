/// A day with a time of day, in no time zone.
public struct SheetDateTime: Sendable, Hashable {
  /// The day.
  public let date: SheetDate
  /// The time of that day; midnight where a cell holds a day alone.
  public let time: SheetTime

  /// A day with a time of day.
  public init(_ date: SheetDate, _ time: SheetTime = .midnight) {
    self.date = date
    self.time = time
  }

  /// A point written as `2025-06-24` or `2025-06-24T13:45:22.125`; nil when `text` is neither.
  ///
  /// A time zone is not accepted, for a sheet knows none.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
    guard let date = SheetDate(parts[0]) else { return nil }
    if parts.count == 1 {
      self.init(date)
    } else if let time = SheetTime(parts[1]) {
      self.init(date, time)
    } else {
      return nil
    }
  }
}

extension SheetDateTime: Comparable {
  /// Orders by day, and by time within a day.
  public static func < (left: SheetDateTime, right: SheetDateTime) -> Bool {
    (left.date, left.time) < (right.date, right.time)
  }
}

extension SheetDateTime: CustomStringConvertible {
  /// The point as `2025-06-24T13:45:22`.
  public var description: String { "\(date)T\(time)" }
}
