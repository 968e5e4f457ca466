/// What is attached to the cells of a sheet.
struct SheetAnnotations: Sendable {
  let merges: [CellRange]
  let hyperlinks: [Hyperlink]
  let comments: [CellComment]
  let tables: [SheetTable]

  /// Resolves what the part of a sheet says through its relationships.
  init(
    _ notes: SheetNotes, of part: String, in archive: ZipArchive, limits: WorkbookLimits
  ) throws(WorkbookError) {
    let relationships = try Relationships(of: part, in: archive, limits: limits)
    merges = notes.merges
    hyperlinks = notes.links.compactMap { Hyperlink($0, relationships) }

    let comments = CommentsReader(limits)
    for entry in try Self.entries(relationships.all(ofType: "comments"), of: part, in: archive) {
      try archive.parse(entry, into: comments, limits: limits)
    }
    self.comments = comments.comments

    var tables: [SheetTable] = []
    for entry in try Self.entries(relationships.all(ofType: "table"), of: part, in: archive) {
      try limits.checkList(tables.count, of: "tables")
      let reader = TableReader(limits)
      try archive.parse(entry, into: reader, limits: limits)
      if let table = reader.table { tables.append(table) }
    }
    self.tables = tables
  }

  /// The parts that relationships of a sheet lead to, each once however often it is listed.
  private static func entries(
    _ relationships: [Relationships.Relationship], of sheet: String, in archive: ZipArchive
  ) throws(WorkbookError) -> [ZipArchive.Entry] {
    var seen: Set<String> = []
    var entries: [ZipArchive.Entry] = []
    for relationship in relationships {
      guard let entry = relationship.target.flatMap(archive.entry), seen.insert(entry.name).inserted
      else { continue }
      try archive.uses.add(entry.name, of: sheet)
      entries.append(entry)
    }
    return entries
  }
}

extension Hyperlink {
  /// A link with its target; nil where it has none.
  fileprivate init?(_ link: SheetNotes.Link, _ relationships: Relationships) {
    let relationship = link.relationship.flatMap { relationships[id: $0] }
    let outside = relationship?.externalTarget ?? relationship?.target ?? ""
    let place = link.location.map { "#\($0)" } ?? ""
    guard !outside.isEmpty || !place.isEmpty else { return nil }
    self.init(range: link.range, target: outside + place, tooltip: link.tooltip)
  }
}
