/// What a workbook may not exceed, so that a hostile one cannot take the process with it.
///
/// The defaults hold every real file of our corpora with a wide margin, and together they keep the memory
/// of one sheet below a gigabyte; an error names the limit. A limit below zero is zero.
public struct WorkbookLimits: Sendable, Hashable {
  /// Bytes of the file itself; 128 MiB.
  public var fileBytes = 128 << 20 {
    didSet { fileBytes = max(0, fileBytes) }
  }
  /// Entries of the archive; 65,535.
  public var entries = 65_535 {
    didSet { entries = max(0, entries) }
  }
  /// Inflated bytes of one part; 1 GiB.
  ///
  /// A sheet's part is never in memory as a whole, so a large one costs time alone.
  public var partBytes = 1 << 30 {
    didSet { partBytes = max(0, partBytes) }
  }
  /// Inflated bytes of a part that is neither a sheet nor the shared strings; 64 MiB.
  public var smallPartBytes = 64 << 20 {
    didSet { smallPartBytes = max(0, smallPartBytes) }
  }
  /// Inflated bytes of all parts; 4 GiB.
  public var totalBytes = 4 << 30 {
    didSet { totalBytes = max(0, totalBytes) }
  }
  /// How many times larger than packed a part may be, where it inflates to more than 64 MiB; 500.
  ///
  /// Real sheets reach 121, so a ratio alone proves nothing about a small part.
  public var ratio = 500 {
    didSet { ratio = max(0, ratio) }
  }
  /// Cells of one sheet that are in memory at once; 8 million, which take 128 MB and their texts.
  ///
  /// A sheet that is read row by row has only a few thousand cells in memory.
  public var cells = 8_000_000 {
    // They are put in order by numbers that have 30 bits for the place in the file.
    didSet { cells = max(0, min(cells, CellStore.mostCells)) }
  }
  /// Rows of one sheet, empty ones included; as many as Excel has, 1,048,576.
  public var rows = CellReference.lastRow {
    didSet { rows = max(0, rows) }
  }
  /// Shared strings, and as many runs of rich texts in them and in each sheet; 4 million.
  public var strings = 4_000_000 {
    didSet { strings = max(0, strings) }
  }
  /// UTF-8 bytes of all texts of a sheet, and of all shared strings; 96 MiB each.
  public var stringBytes = 96 << 20 {
    didSet { stringBytes = max(0, stringBytes) }
  }
  /// Members of any other list: sheets, relationships, defined names, number formats, cell styles, and of
  /// one sheet its merged ranges, hyperlinks, comments, tables, shared formulas; 250,000.
  public var listItems = 250_000 {
    didSet { listItems = max(0, listItems) }
  }
  /// UTF-8 bytes of one text; 1 MiB less one.
  ///
  /// Excel itself stops at 32,767 UTF-16 units.
  public var textBytes = ByteArena.longestText {
    // A stored cell has 20 bits for the length of its text.
    didSet { textBytes = max(0, min(textBytes, ByteArena.longestText)) }
  }
  /// Elements inside each other; 64.
  public var depth = 64 {
    didSet { depth = max(0, depth) }
  }
  /// Different names of elements and attributes, prefixes and namespaces in the XML of one part, all together;
  /// 10,000.
  ///
  /// Real parts have fewer than two hundred. The time that libxml2 takes for each new one grows with them.
  public var xmlNames = 10_000 {
    didSet { xmlNames = max(0, xmlNames) }
  }
  /// Namespaces declared by an element and those that it is in; 100.
  ///
  /// Real parts have fewer than twenty. libxml2 looks through them for each element.
  public var namespaces = 100 {
    didSet { namespaces = max(0, namespaces) }
  }

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

  /// Lets there be so many runs of rich texts.
  func checkRuns(_ count: Int) throws(WorkbookError) {
    guard count <= strings else {
      throw WorkbookError(
        .limitExceeded, "there are more runs of rich texts than the limit `strings`, \(strings)")
    }
  }

  /// Lets a part that is read as a whole be read.
  func checkSmallPart(_ entry: ZipArchive.Entry) throws(WorkbookError) {
    guard entry.directory.size <= smallPartBytes else {
      throw WorkbookError(
        .limitExceeded,
        "it inflates to \(entry.directory.size) bytes, and the limit `smallPartBytes` is \(smallPartBytes)",
        part: entry.name)
    }
  }
}
