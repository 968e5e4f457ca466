/// A time of day, to the millisecond, in no time zone.
public struct SheetTime: Sendable, Hashable {
  /// Milliseconds since midnight, 0 to 86,399,999.
  public let millisecondOfDay: Int

  /// A time of day; nil unless `millisecondOfDay` lies within one day.
  public init?(millisecondOfDay: Int) {
    guard 0..<86_400_000 ~= millisecondOfDay else { return nil }
    self.millisecondOfDay = millisecondOfDay
  }

  /// A time of day; nil unless each number is in its range.
  public init?(hour: Int, minute: Int, second: Int = 0, millisecond: Int = 0) {
    guard 0..<24 ~= hour, 0..<60 ~= minute, 0..<60 ~= second, 0..<1000 ~= millisecond
    else { return nil }
    millisecondOfDay = ((hour * 60 + minute) * 60 + second) * 1000 + millisecond
  }

  /// Midnight, the start of the day.
  public static let midnight = SheetTime(checkedMillisecond: 0)

  /// Makes a time of a number that was checked before.
  init(checkedMillisecond: Int) { millisecondOfDay = checkedMillisecond }

  /// The hour, 0 to 23.
  public var hour: Int { millisecondOfDay / 3_600_000 }
  /// The minute of the hour, 0 to 59.
  public var minute: Int { millisecondOfDay / 60_000 % 60 }
  /// The second of the minute, 0 to 59.
  public var second: Int { millisecondOfDay / 1000 % 60 }
  /// The millisecond of the second, 0 to 999.
  public var millisecond: Int { millisecondOfDay % 1000 }
}

extension SheetTime {
  /// A time written as `13:45`, `13:45:22` or `13:45:22.125`; nil when `text` is none.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard 2...3 ~= parts.count, let hour = Self.number(parts[0]), let minute = Self.number(parts[1])
    else { return nil }
    var second = 0
    var millisecond = 0
    if parts.count == 3 {
      let seconds = parts[2].split(separator: ".", omittingEmptySubsequences: false)
      guard seconds.count <= 2, let whole = Self.number(seconds[0]) else { return nil }
      second = whole
      if seconds.count == 2 {
        // Digits beyond the third are finer than a sheet's time.
        guard let fraction = Double("0.\(seconds[1])"), seconds[1].utf8.allSatisfy(isDigit)
        else { return nil }
        millisecond = min(999, Int((fraction * 1000).rounded()))
      }
    }
    self.init(hour: hour, minute: minute, second: second, millisecond: millisecond)
  }

  private static func number(_ text: some StringProtocol) -> Int? {
    guard text.utf8.count == 2, text.utf8.allSatisfy(isDigit) else { return nil }
    return Int(text)
  }
}

extension SheetTime: Comparable {
  /// Orders by the clock.
  public static func < (left: SheetTime, right: SheetTime) -> Bool {
    left.millisecondOfDay < right.millisecondOfDay
  }
}

extension SheetTime: CustomStringConvertible {
  /// The time as `13:45:22`, with milliseconds where there are any.
  public var description: String {
    let whole = "\(padded(hour, to: 2)):\(padded(minute, to: 2)):\(padded(second, to: 2))"
    return millisecond == 0 ? whole : "\(whole).\(padded(millisecond, to: 3))"
  }
}

/// Whether the byte is an ASCII digit.
func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
