/// What a workbook may not exceed, so that a hostile one cannot take the process with it.
///
/// The defaults hold every real file of our corpora with a wide margin; an error names the limit.
public struct WorkbookLimits: Sendable, Hashable {
  /// Bytes of the file itself; 1 GiB.
  public var fileBytes = 1 << 30
  /// Entries of the archive; 65,535.
  public var entries = 65_535
  /// Inflated bytes of one part; 1 GiB.
  public var partBytes = 1 << 30
  /// Inflated bytes of all parts; 4 GiB.
  public var totalBytes = 4 << 30
  /// How many times larger than packed a part may be, where it inflates to more than 64 MiB; 500.
  ///
  /// Real sheets reach 121, so a ratio alone proves nothing about a small part.
  public var ratio = 500
  /// Cells of one sheet; 20 million, which take 320 MB and their texts.
  public var cells = 20_000_000
  /// Shared strings; 16 million.
  public var strings = 16_000_000
  /// Members of any other list: sheets, relationships, defined names, number formats, cell styles, merged
  /// ranges of a sheet; 1 million.
  public var listItems = 1_000_000
  /// UTF-8 bytes of one text; 1 MiB less one.
  ///
  /// Excel itself stops at 32,767 UTF-16 units.
  public var textBytes = (1 << 20) - 1 {
    // A stored cell has 20 bits for the length of its text.
    didSet { textBytes = min(textBytes, (1 << 20) - 1) }
  }
  /// Elements inside each other; 64.
  public var depth = 64

  /// The defaults.
  public init() {}
}

extension WorkbookLimits {
  /// Lets a list that has `count` members take one more.
  func checkList(_ count: Int, of members: String) throws(WorkbookError) {
    guard count < listItems else {
      throw WorkbookError(
        .limitExceeded, "there are more \(members) than the limit `listItems`, \(listItems)")
    }
  }
}
