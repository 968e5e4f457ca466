/// Takes in a part of the package, element by element.
///
/// Only elements of the reader's own vocabulary arrive: others are left out with all that is in them,
/// and of alternate content the fallback is chosen.
protocol PartReader: AnyObject {
  /// The root element of the part.
  var root: StaticString { get }
  /// The namespaces of the part's vocabulary.
  var namespaces: [StaticString] { get }

  func startElement(_ element: XMLElement) throws(WorkbookError)
  func endElement(_ name: XMLName) throws(WorkbookError)
  /// A piece of text: one text may come in several.
  func text(_ piece: borrowing Span<UInt8>) throws(WorkbookError)
}

extension PartReader {
  func text(_ piece: borrowing Span<UInt8>) {}
}
