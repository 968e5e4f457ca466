/// Sums that end at the longest duration: what a test hands in may be as long as there is, and `+` ends the process.
extension Duration {
  /// The longest time that a clock counts to: its seconds are an `Int64`, and more have no `components`.
  static let longest = Duration.seconds(Int64.max)

  /// The sum, or the longest duration there is.
  func plus(_ other: Duration) -> Duration {
    let (sum, isOver) = attoseconds.addingReportingOverflow(other.attoseconds)
    return Duration(attoseconds: isOver ? (other < .zero ? .min : .max) : sum)
  }

  /// The difference, or the longest duration there is.
  func minus(_ other: Duration) -> Duration {
    let (difference, isOver) = attoseconds.subtractingReportingOverflow(other.attoseconds)
    return Duration(attoseconds: isOver ? (other < .zero ? .max : .min) : difference)
  }
}
