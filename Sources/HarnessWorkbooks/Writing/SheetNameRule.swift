/// What Excel asks of the name of a sheet.
///
/// Source: MS-OI29500, section 2.1.578, with the grammar of ECMA-376, part 1, section 18.17; Microsoft Support,
/// "Rename a worksheet".
enum SheetNameRule {
  private static let longest = 31
  private static let limits = "MS-OI29500, section 2.1.578"
  private static let support = "Microsoft Support, \"Rename a worksheet\""

  /// Why Excel does not allow a name; nil when it does.
  static func problem(_ name: String) -> String? {
    guard let reason = reason(name) else { return nil }
    return "Excel does not allow the sheet name \(shown(name)): \(reason)"
  }

  // By scalars: a mark that follows a character makes one `Character` of both.
  private static func reason(_ name: String) -> String? {
    let scalars = name.unicodeScalars
    if scalars.isEmpty { return "it is empty (\(limits))" }
    let length = name.utf16.count
    if length > longest {
      return "it has \(length) UTF-16 units, and \(longest) is the most (\(limits))"
    }
    if let scalar = scalars.first(where: { "[]:*?/\\".unicodeScalars.contains($0) }) {
      return "\(shown(String(scalar))) belongs to references (\(limits))"
    }
    if let scalar = scalars.first(where: \.isControlOrForbiddenInXML) {
      return "\(scalar.codePoint) is no character of a name (XML 1.0, section 2.2, and \(limits))"
    }
    if scalars.first == "'" || scalars.last == "'" {
      return "an apostrophe stands at its edge (\(support))"
    }
    if name.lowercased() == "history" { return "Excel keeps it for itself (\(support))" }
    return nil
  }
}
