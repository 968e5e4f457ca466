/// How much a peer may make this end hold or compute.
public struct WSLimits: Sendable, Hashable {
  /// The longest message to take in, in bytes after inflation; 16 MiB unless said otherwise.
  ///
  /// It is held while a message is put together and inflated, not after. On the wire a compressed message may
  /// take a quarter and 1,024 bytes more: data that does not compress grows a little, and nothing grows
  /// that much.
  public var message: Int
  /// The most bytes that a byte of a compressed message may become; nil for no such limit.
  ///
  /// DEFLATE reaches 1,032. Messages that inflate to less than 64 KiB are not held to it.
  public var inflation: Int?

  /// Makes limits.
  public init(message: Int = 16 << 20, inflation: Int? = nil) {
    self.message = max(message, 0)
    self.inflation = inflation
  }

  /// The longest payload of a compressed message, over all its frames.
  var wire: Int {
    let (sum, isTooLarge) = message.addingReportingOverflow(message / 4 + 1_024)
    return isTooLarge ? .max : sum
  }

  /// Below this many inflated bytes the ratio says nothing.
  static let inflationGrace = 1 << 16
}
