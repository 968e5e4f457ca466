import Waiters

/// How long things took, in classes that are at most 1.6 % wide.
///
/// It takes in any number of values in a few kilobytes, and keeps the shortest and the longest exactly.
public struct LatencyHistogram: Sendable, Hashable {
  // Sixty-four classes for each power of two of nanoseconds.
  private static let precision = 6
  private var counts: [Int] = []
  /// How many values were taken in.
  public private(set) var count = 0
  /// The shortest; zero where there is none.
  public private(set) var minimum = Duration.zero
  /// The longest; zero where there is none.
  public private(set) var maximum = Duration.zero
  private var sum = Duration.zero

  /// Makes an empty histogram.
  public init() {}

  /// Takes in a value; what is less than zero counts as zero, and what is more than 292 years as that.
  public mutating func record(_ duration: Duration) {
    let duration = min(max(duration, .zero), .nanoseconds(Int64.max))
    let index = Self.index(of: Self.nanoseconds(of: duration))
    if index >= counts.count {
      counts += Array(repeating: 0, count: index + 1 - counts.count)
    }
    counts[index] += 1
    minimum = count == 0 ? duration : min(minimum, duration)
    maximum = max(maximum, duration)
    sum += duration
    count += 1
  }

  /// The mean; zero where there is none.
  public var mean: Duration { count == 0 ? .zero : sum / count }

  /// The value that this share of all values does not exceed, from 0 to 100; zero where there is none.
  public func percentile(_ percent: Double) -> Duration {
    guard count > 0 else { return .zero }
    let rank = max(1, (min(max(percent, 0), 100) / 100 * Double(count)).rounded(.up))
    var seen = 0
    for (index, number) in counts.enumerated() {
      seen += number
      if Double(seen) >= rank {
        return min(max(.nanoseconds(Self.highest(ofClass: index)), minimum), maximum)
      }
    }
    return maximum
  }

  private static func nanoseconds(of duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    if isTooLong { return .max }
    let (sum, isOver) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
    return isOver ? .max : sum
  }

  private static func index(of value: Int64) -> Int {
    // Values below two powers of the precision have a class of their own.
    let top = Int64.bitWidth - 1 - value.leadingZeroBitCount
    if top <= precision { return Int(value) }
    let shift = top - precision
    return (shift << precision) + Int(value >> Int64(shift))
  }

  private static func highest(ofClass index: Int) -> Int64 {
    let shift = max(0, (index >> precision) - 1)
    let mantissa = Int64(index - (shift << precision))
    return mantissa << Int64(shift) | ((1 << Int64(shift)) - 1)
  }
}

extension LatencyHistogram: CustomStringConvertible {
  /// A line such as `1000 values: p50 1.2 ms, p99 4.8 ms, longest 6.1 ms`.
  public var description: String {
    count == 0
      ? "no values"
      : "\(count) values: p50 \(percentile(50).readable), p99 \(percentile(99).readable), "
        + "longest \(maximum.readable)"
  }
}
