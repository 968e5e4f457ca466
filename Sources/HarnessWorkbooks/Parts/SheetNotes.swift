/// What a worksheet part says beside its cells.
struct SheetNotes {
  /// A link as the part has it: the target is in the relationships of the part.
  struct Link {
    let range: CellRange
    let relationship: String?
    let location: String?
    let tooltip: String?
  }

  private(set) var merges: [CellRange] = []
  private(set) var links: [Link] = []

  /// Takes in an element outside of a cell.
  mutating func add(_ element: XMLElement, limits: WorkbookLimits) throws(WorkbookError) {
    switch element.name {
    case "mergeCell":
      let text = element.attribute("ref") ?? ""
      guard let range = CellRange(text) else {
        throw WorkbookError(
          .badReference, "the merged range \(shown(text)) is not one of this sheet")
      }
      try limits.checkList(merges.count, of: "merged ranges")
      merges.append(range)
    case "hyperlink":
      try limits.checkList(links.count, of: "hyperlinks")
      // A link to a place that is none links nothing, and is no reason to refuse the cells.
      guard let range = element.attribute("ref").flatMap({ CellRange($0) }) else { return }
      links.append(
        Link(
          range: range, relationship: element.relationship("id"),
          location: element.attribute("location"), tooltip: element.attribute("tooltip")))
    default: break
    }
  }
}
