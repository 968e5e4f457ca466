/// A pattern as a tree.
indirect enum IRegexpNode: Sendable {
  case scalars(ScalarClass)
  /// The beginning of the text, or its end.
  case start, end
  case sequence([IRegexpNode])
  case choice([IRegexpNode])
  /// As often as the bounds say; without an upper one, as often as it likes.
  case repeated(IRegexpNode, least: Int, most: Int?)
}

/// A set of Unicode scalars.
struct ScalarClass: Sendable {
  enum Part: Sendable {
    case range(ClosedRange<UInt32>)
    case category(ScalarCategory, isNegated: Bool)
  }

  var parts: [Part]
  var isNegated = false

  init(_ parts: [Part], isNegated: Bool = false) {
    self.parts = parts
    self.isNegated = isNegated
  }

  /// Every scalar but the line ends.
  static let dot = ScalarClass([.range(0x0A...0x0A), .range(0x0D...0x0D)], isNegated: true)

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    for part in parts {
      switch part {
      case .range(let range): if range.contains(scalar.value) { return !isNegated }
      case .category(let category, let isOpposite):
        if category.contains(scalar) != isOpposite { return !isNegated }
      }
    }
    return isNegated
  }
}

/// A general category of Unicode, or a group of them.
///
/// Source: RFC 9485, section 3 (IsCategory).
struct ScalarCategory: Sendable {
  private let letters: String

  /// Nil for what is no category: `Cs` is none, for scalars are no surrogates.
  init?(_ name: String) {
    let minor: [Character: String] = [
      "L": "lmotu", "M": "cen", "N": "dlo", "P": "cdefios", "Z": "lps", "S": "ckmo", "C": "cfno",
    ]
    guard let group = name.first, let allowed = minor[group], name.count <= 2,
      name.dropFirst().allSatisfy(allowed.contains)
    else { return nil }
    letters = name
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    let name = Self.name(of: scalar.properties.generalCategory)
    return letters.utf8.count == 1 ? name.utf8.first == letters.utf8.first : name == letters
  }

  private static func name(of category: Unicode.GeneralCategory) -> String {
    switch category {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .surrogate: "Cs"
    case .privateUse: "Co"
    case .unassigned: "Cn"
    @unknown default: "Cn"
    }
  }
}
