/// How a workbook is read, where the usual way does not do.
public struct ReadingOptions: OptionSet, Sendable, Hashable {
  /// The bits of the set.
  public let rawValue: Int

  /// A set by its bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// A part whose CRC-32 is wrong is read all the same, and is a warning.
  ///
  /// For files of a tool that writes wrong ones: bytes that were damaged on their way are read as they are.
  public static let acceptingWrongChecksums = ReadingOptions(rawValue: 1)
  /// Sheets and shared strings are inflated on a thread of their own, ahead of what is being read.
  ///
  /// Takes less time and a little more work: for large files on a machine with a free core.
  public static let inflatingAhead = ReadingOptions(rawValue: 2)
}
