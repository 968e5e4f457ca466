/// Reads the comments on the cells of a sheet.
///
/// Source: ECMA-376, part 1, section 18.7.
final class CommentsReader: PartReader {
  let root: StaticString = "comments"
  let namespaces = XMLNamespace.spreadsheet
  private(set) var comments: [CellComment] = []

  private let limits: WorkbookLimits
  private var authors: [String] = []
  private var isInAuthor = false
  private var author: TextCollector
  private var reference: CellReference?
  private var authorIndex: Int?
  private var text: RichText

  init(_ limits: WorkbookLimits) {
    self.limits = limits
    author = TextCollector(limits)
    text = RichText(limits)
  }

  func startElement(_ element: XMLElement) throws(WorkbookError) {
    switch element.name {
    case "comments": authors = []
    case "author":
      try limits.checkList(authors.count, of: "authors")
      isInAuthor = true
      author.clear()
    case "comment":
      try limits.checkList(comments.count, of: "comments")
      reference = element.attribute("ref").flatMap { CellReference($0) }
      authorIndex = element.integer("authorId")
      text.clear()
    default: text.started(element)
    }
  }

  func text(_ piece: borrowing Span<UInt8>) throws(WorkbookError) {
    if isInAuthor { try author.add(piece) } else { try text.add(piece) }
  }

  func endElement(_ name: XMLName) {
    switch name {
    case "author":
      isInAuthor = false
      authors.append(author.text)
    case "comment":
      // A comment on no cell shows nowhere.
      guard let reference else { return }
      let author = authorIndex.flatMap { authors.indices.contains($0) ? authors[$0] : nil }
      comments.append(CellComment(reference: reference, author: author, text: text.text))
    default: text.ended(name)
    }
  }
}
