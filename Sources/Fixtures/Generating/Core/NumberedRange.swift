/// The numbers of a range in the order of their simplicity: the nearest to 0 first, up from there, then down.
struct NumberedRange {
  private let origin: Int
  /// How many numbers lie above the origin.
  private let above: UInt64
  /// How many numbers lie below the origin.
  private let below: UInt64

  init(_ range: ClosedRange<Int>) {
    origin = min(max(0, range.lowerBound), range.upperBound)
    above = range.upperBound.distance(from: origin)
    below = origin.distance(from: range.lowerBound)
  }

  /// The choice of the last number: there are as many numbers, and the origin.
  ///
  /// It cannot overflow: there are at most 2^64 numbers.
  var last: UInt64 { above + below }

  /// The number of a choice.
  func number(_ choice: UInt64) -> Int {
    let base = UInt64(bitPattern: Int64(origin))
    let bits = choice <= above ? base &+ choice : base &- (choice - above)
    return Int(truncatingIfNeeded: Int64(bitPattern: bits))
  }

  /// The choice of a number so far from the origin, at the bound where it lies outside.
  func choice(distance: UInt64, isBelow: Bool) -> UInt64 {
    if isBelow, below > 0, distance > 0 { return above + min(distance, below) }
    return above > 0 || below == 0 ? min(distance, above) : above + min(distance, below)
  }

  /// The choices of the numbers at which mistakes are made: the bounds, the origin and what is next to them.
  var remarkable: [UInt64] {
    var choices: [UInt64] = [0]
    if above > 0 { choices += [1, above, above - 1] }
    if below > 0 { choices += [above + 1, above + below, above + max(1, below - 1)] }
    return choices
  }
}

extension Int {
  /// How far this number, which is not less, lies above another.
  fileprivate func distance(from other: Int) -> UInt64 {
    UInt64(bitPattern: Int64(self)) &- UInt64(bitPattern: Int64(other))
  }
}
