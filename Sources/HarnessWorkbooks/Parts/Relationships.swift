/// The relationships of a part: which other parts it refers to, and as what.
///
/// Source: ECMA-376, part 2, section 6.5.
struct Relationships {
  struct Relationship {
    let id: String
    /// The last word of the type, such as `worksheet`: the same in the transitional and the strict form.
    let type: String
    /// The name of the part, resolved; nil when the target lies outside of the package.
    let target: String?
    /// The target outside of the package, as it is written, such as a URL.
    let externalTarget: String?
  }

  private var byID: [String: Relationship] = [:]
  private var byType: [String: [Relationship]] = [:]

  /// Reads the relationships of a part, or of the package for ""; none where there are none.
  init(
    of part: String, in archive: ZipArchive, limits: WorkbookLimits
  ) throws(WorkbookError) {
    let folder = part.lastIndex(of: "/").map { String(part[...$0]) } ?? ""
    let name = part.dropFirst(folder.count)
    guard let entry = archive.entry("\(folder)_rels/\(name).rels") else {
      return
    }
    let reader = RelationshipsReader(folder: folder, limits: limits)
    try archive.parse(entry, into: reader, limits: limits)
    // Looked up once for each sheet, so by hash: a hostile workbook lists as many of both as it can.
    for relationship in reader.relationships {
      if byID[relationship.id] == nil { byID[relationship.id] = relationship }
      byType[relationship.type, default: []].append(relationship)
    }
  }

  subscript(id id: String) -> Relationship? { byID[id] }

  func first(ofType type: String) -> Relationship? { byType[type]?.first }

  func all(ofType type: String) -> [Relationship] { byType[type] ?? [] }

  /// The name of the part that a target means, seen from a folder; nil when it leaves the package.
  static func resolve(_ target: String, from folder: String) -> String? {
    let target = String(target.map { $0 == "\\" ? "/" : $0 })
    var steps = target.hasPrefix("/") ? [] : folder.split(separator: "/")
    for step in target.split(separator: "/") {
      switch step {
      case ".": continue
      case "..":
        guard steps.popLast() != nil else { return nil }
      default: steps.append(step)
      }
    }
    return steps.joined(separator: "/")
  }
}

private final class RelationshipsReader: PartReader {
  let root: StaticString = "Relationships"
  let namespaces = XMLNamespace.packageRelationships
  private let folder: String
  private let limits: WorkbookLimits
  private(set) var relationships: [Relationships.Relationship] = []

  init(folder: String, limits: WorkbookLimits) {
    self.folder = folder
    self.limits = limits
  }

  func startElement(_ element: XMLElement) throws(WorkbookError) {
    guard element.name == "Relationship", let id = element.attribute("Id"),
      let type = element.attribute("Type"), let target = element.attribute("Target")
    else { return }
    try limits.checkList(relationships.count, of: "relationships")
    let isExternal = element.attribute("TargetMode") == "External"
    let word = type.split(separator: "/").last.map(String.init) ?? type
    relationships.append(
      .init(
        id: id, type: word,
        target: isExternal ? nil : Relationships.resolve(target, from: folder),
        externalTarget: isExternal ? target : nil))
  }

  func endElement(_ name: XMLName) {}
}
