#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The factor that all deadlines are multiplied by: `HARNESS_TIME_SCALE`, for machines that are slow.
struct TimeScale: Sendable, Equatable {
  /// From 0.001 to 1,000: with less, every limit would be none.
  let factor: Double
  /// The variable's text, where it is not such a number and therefore has no effect.
  let unusable: String?

  /// Reads the variable's text.
  init(_ text: String?) {
    guard let text, !text.isEmpty else {
      (factor, unusable) = (1, nil)
      return
    }
    guard let number = Double(text), (0.001...1_000).contains(number) else {
      (factor, unusable) = (1, text)
      return
    }
    (factor, unusable) = (number, nil)
  }

  /// What the environment says; it is read once.
  static let ofEnvironment = TimeScale(
    unsafe getenv("HARNESS_TIME_SCALE").map { unsafe String(cString: $0) })
}
