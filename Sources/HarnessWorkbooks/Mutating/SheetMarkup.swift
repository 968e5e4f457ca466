/// A sheet cut into pieces, each with what its element is to a reader.
///
/// Of alternate content the fallback counts, as for any reader that knows no extension; an `extLst` has nothing of the
/// sheet.
struct SheetMarkup {
  /// What an element is; text and the like have the role of the element around them.
  enum Role {
    case sheet, properties, dimension, data, row, cell, value
    /// Some other element of the sheet, or nothing of it.
    case other
  }

  let markup: Markup
  let roles: [Role]
  /// The prefix of the sheet's own elements, with its colon; empty where they have none.
  let prefix: String

  /// A sheet in UTF-8; nil when it cannot be cut, or is none.
  init?(_ bytes: [UInt8]) {
    guard let markup = Markup(bytes) else { return nil }
    var walk = RoleWalk()
    self.markup = markup
    roles = markup.pieces.map { walk.role(of: $0, in: markup) }
    guard let root = zip(markup.pieces, roles).first(where: { $0.0.isOpening }), root.1 == .sheet
    else { return nil }
    let name = markup.name(root.0)
    prefix = name.firstIndex(of: ":").map { String(name[...$0]) } ?? ""
  }

  /// The first piece of a role that is a tag of a kind.
  func first(_ role: Role, where isWanted: (Markup.Piece) -> Bool) -> Int? {
    roles.indices.first { roles[$0] == role && isWanted(markup.pieces[$0]) }
  }
}

/// Follows the elements of a sheet, to say of each what it is.
private struct RoleWalk {
  private struct Open {
    var role: SheetMarkup.Role
    /// What the elements in it are children of.
    var inner: SheetMarkup.Role?
    /// Whether the elements in it are still elements of the sheet.
    var isOfSheet: Bool
    /// How many namespaces were declared before it.
    let declared: Int
  }

  private var open: [Open] = []
  private var namespaces: [(prefix: String, name: String)] = []

  mutating func role(of piece: Markup.Piece, in markup: Markup) -> SheetMarkup.Role {
    switch piece.kind {
    case .startTag, .emptyTag:
      let element = started(piece, in: markup)
      if piece.kind == .startTag {
        open.append(element)
      } else {
        namespaces.removeSubrange(element.declared...)
      }
      return element.role
    case .endTag:
      guard let element = open.popLast() else { return .other }
      namespaces.removeSubrange(element.declared...)
      return element.role
    case .text, .section, .comment, .instruction: return open.last?.inner ?? .other
    }
  }

  private mutating func started(_ tag: Markup.Piece, in markup: Markup) -> Open {
    let declared = namespaces.count
    for attribute in markup.attributes(tag)
    where attribute.name == "xmlns" || attribute.name.hasPrefix("xmlns:") {
      let prefix = String(attribute.name.dropFirst("xmlns:".count))
      namespaces.append((prefix, markup.text(attribute.value)))
    }
    let parts = markup.name(tag).split(separator: ":", maxSplits: 1).map { String($0) }
    let (prefix, name) = parts.count == 2 ? (parts[0], parts[1]) : ("", parts.first ?? "")
    let namespace = namespaces.last { $0.prefix == prefix }?.name ?? ""
    var element = Open(role: .other, isOfSheet: false, declared: declared)
    let parent = open.last
    guard parent?.isOfSheet ?? true else { return element }
    if XMLNamespace.spreadsheet.contains(where: { "\($0)" == namespace }) {
      element.role = Self.role(name, in: parent?.inner)
      element.inner = element.role
      element.isOfSheet = name != "extLst"
    } else if namespace == "\(XMLNamespace.compatibility)",
      name == "AlternateContent" || name == "Fallback"
    {
      // They stand for what is in them.
      element.inner = parent?.inner
      element.isOfSheet = true
    }
    return element
  }

  private static func role(_ name: String, in parent: SheetMarkup.Role?) -> SheetMarkup.Role {
    switch (parent, name) {
    case (nil, "worksheet"): .sheet
    case (.sheet, "sheetPr"): .properties
    case (.sheet, "dimension"): .dimension
    case (.sheet, "sheetData"): .data
    case (.data, "row"): .row
    case (.row, "c"): .cell
    case (.cell, "v"): .value
    default: .other
    }
  }
}
