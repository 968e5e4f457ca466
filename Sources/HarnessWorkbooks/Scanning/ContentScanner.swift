/// Reads the plain form of one element's content, much faster than a parser of all XML could.
///
/// A scanner accepts nothing that libxml2 would refuse, and reads what it accepts as libxml2 would: for
/// whatever else it finds it says so, and the part is begun again with libxml2. So it need not know more
/// than what writers of workbooks write by the million.
protocol ContentScanner {
  associatedtype Reader: PartReader

  /// The element whose content is scanned, in the default namespace.
  static var element: StaticString { get }

  /// `prefixes`: the namespace prefixes that are declared where the element is.
  init(prefixes: [[UInt8]], limits: WorkbookLimits)

  /// Whether the reader has just been told of the element's start, and of nothing since.
  static func isAtStart(_ reader: Reader) -> Bool

  /// Scans on from a position, and moves it behind what was read.
  ///
  /// `window`: bytes of the part, with at least ``ScanWindow/tail`` zeros behind the last of them.
  /// `end`: where the zeros begin.
  /// - Throws: What is wrong with a value; libxml2 then reads the part again and tells the place.
  mutating func scan(
    _ window: Span<UInt8>, end: Int, from position: inout Int, into reader: Reader
  ) throws(WorkbookError) -> ScanOutcome
}

/// How a scan ended.
enum ScanOutcome {
  /// At the end of the window; what begins at the position is not complete.
  case needsMore
  /// At the end tag of the element.
  case ended
  /// At something that only libxml2 may judge.
  case unusual

  /// What it means that a scan stopped at a position: near the end of the window only that what stands
  /// there may be cut.
  init(stoppedAt position: Int, end: Int) {
    self = end - position < ScanWindow.tail / 2 ? .needsMore : .unusual
  }
}

enum ScanWindow {
  /// How many zeros lie behind the bytes: a scanner may look that far ahead without asking where they end,
  /// because a zero is no character of XML.
  static let tail = 64
  /// How many bytes a window grows to before what is in it counts as unusual.
  static let longest = 1 << 20
}
