/// The forms that change what parts say of each other and of the names of their elements.
extension MutablePackage {
  /// Lets the targets of relationships begin at the root of the package.
  mutating func makeTargetsAbsolute() throws(FormDoesNotApply) {
    let isChanged = changeTags { part, markup, tag in
      guard let folder = Self.folder(ofRelationships: part.path),
        Self.localName(markup, tag) == "Relationship"
      else { return nil }
      let attributes = markup.attributes(tag)
      guard
        !attributes.contains(where: {
          $0.name == "TargetMode" && markup.text($0.value) == "External"
        })
      else { return nil }
      return markup.replacingValues(tag) { attribute in
        guard attribute.name == "Target",
          let target = xmlUnescaped(markup.bytes[attribute.value]),
          // A place in the workbook is no part.
          let first = target.utf8.first, first != UInt8(ascii: "#"), first != UInt8(ascii: "/"),
          let resolved = Relationships.resolve(target, from: folder)
        else { return nil }
        return xmlEscaped("/\(resolved)")
      }
    }
    if isChanged.isEmpty { throw .because("no relationship has a target that begins at its part") }
  }

  /// Puts sheets, workbook and relationships into the namespaces of the strict form.
  mutating func makeStrict() throws(FormDoesNotApply) {
    let changed = changeTags { part, markup, tag in
      markup.replacingValues(tag) { attribute in
        let value = markup.text(attribute.value)
        let isDeclaration = attribute.name == "xmlns" || attribute.name.hasPrefix("xmlns:")
        if isDeclaration { return Self.strictNamespaces[value] }
        guard attribute.name == "Type", value.utf8.starts(with: Self.relationshipTypes.utf8) else {
          return nil
        }
        return Self.strictRelationshipTypes + value.dropFirst(Self.relationshipTypes.count)
      }
    }
    guard changed.contains(where: { parts[$0].isSheet || parts[$0].isWorkbook }) else {
      throw .because("sheets and workbook are in the strict namespaces already")
    }
  }

  private static let relationshipTypes = "\(XMLNamespace.relationships[0])/"
  private static let strictRelationshipTypes = "\(XMLNamespace.relationships[1])/"
  private static let strictNamespaces = [
    "\(XMLNamespace.spreadsheet[0])": "\(XMLNamespace.spreadsheet[1])",
    "\(XMLNamespace.relationships[0])": "\(XMLNamespace.relationships[1])",
  ]

  /// The folder that the targets of a part of relationships are seen from; nil for any other part.
  ///
  /// Source: ECMA-376, part 2, section 6.5.2.
  private static func folder(ofRelationships path: String) -> String? {
    let steps = path.split(separator: "/", omittingEmptySubsequences: false)
    guard steps.count > 1, steps[steps.count - 2].lowercased() == "_rels",
      steps[steps.count - 1].lowercased().hasSuffix(".rels")
    else { return nil }
    return steps.dropLast(2).map { "\($0)/" }.joined()
  }

  private static func localName(_ markup: Markup, _ tag: Markup.Piece) -> String? {
    markup.name(tag).split(separator: ":").last.map { String($0) }
  }

  /// Changes the tags of all parts that are XML; gives the places of the parts that have changed.
  private mutating func changeTags(
    _ change: (ArchivedPart, Markup, Markup.Piece) -> [UInt8]?
  ) -> [Int] {
    parts.indices.filter { index in
      let path = parts[index].path.lowercased()
      guard
        path.hasSuffix(".xml") || path.hasSuffix(".rels") || parts[index].isSheet
          || parts[index].isWorkbook, var text = PartText(parts[index].content),
        let markup = Markup(text.bytes)
      else { return false }
      let changed = markup.rewritten { _, piece in
        piece.isOpening ? change(parts[index], markup, piece) : nil
      }
      guard let changed else { return false }
      text.bytes = changed
      replace(content: text.content, ofPart: index)
      return true
    }
  }
}
