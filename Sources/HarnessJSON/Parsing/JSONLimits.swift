/// What a parser accepts before it gives up: a service under test may be broken or hostile.
public struct JSONLimits: Sendable {
  /// How deep arrays and objects may be nested.
  ///
  /// 1,024 unless set; a scalar has depth 0. Never more than 2,048: Swift releases nested values by
  /// recursion, which a secondary thread's stack of 512 KiB must survive.
  public var maximumDepth: Int
  /// How many digits a number may have, those of its exponent among them.
  ///
  /// 1,000 unless set.
  public var maximumNumberDigits: Int
  /// How many bytes a text may have.
  ///
  /// 256 MiB unless set, and never more than 1 GiB: positions have 30 bits.
  public var maximumSize: Int

  /// The most that ``maximumSize`` can be, in bytes: positions on a tape have 30 bits.
  static let largestSize = 1 << JSONToken.offsetBits - 1
  /// The most that ``maximumDepth`` can be.
  static let largestDepth = 2_048

  /// Makes limits; what is not given has its default.
  public init(
    maximumDepth: Int = 1_024, maximumNumberDigits: Int = 1_000, maximumSize: Int = 256 << 20
  ) {
    self.maximumDepth = maximumDepth
    self.maximumNumberDigits = maximumNumberDigits
    self.maximumSize = maximumSize
  }
}
