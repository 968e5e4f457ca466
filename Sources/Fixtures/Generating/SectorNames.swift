/// Invented names for the companies of a sector.
struct SectorNames: Sendable {
  /// A company's name, and the letter that its code starts with.
  struct Company {
    var name: String
    var code: String
  }

  let sector: String
  private let letter: String
  private let nouns: [String]

  /// The sectors, in the order of the report.
  static let all = [
    SectorNames(
      sector: "Banking Sector", letter: "B",
      nouns: ["Commercial Bank", "Investment Bank", "Islamic Bank"]),
    SectorNames(sector: "Telecommunication Sector", letter: "T", nouns: ["Telecoms", "Mobile"]),
    SectorNames(sector: "Insurance Sector", letter: "N", nouns: ["Insurance", "Assurance"]),
    SectorNames(
      sector: "Services Sector", letter: "S", nouns: ["Transport", "Real Estate", "Schools"]),
    SectorNames(
      sector: "Industry Sector", letter: "I",
      nouns: ["Cement", "Carton", "Soft Drinks", "Chemicals"]),
    SectorNames(sector: "Hotels & Tourism Sector", letter: "H", nouns: ["Hotels", "Resorts"]),
    SectorNames(sector: "Agriculture Sector", letter: "A", nouns: ["Seeds", "Fisheries", "Dairy"]),
  ]

  private static let places = [
    "Tigris", "Euphrates", "Babylon", "Ishtar", "Zagros", "Palm", "Cedar", "Crescent",
    "Twin Rivers",
    "Al-Noor", "Al-Rafid", "Al-Waha",
  ]

  /// The company at a place: each of a sector has a name of its own.
  func companies(_ place: Int) -> Company {
    let name = Self.places[place % Self.places.count]
    let noun = nouns[place / Self.places.count % nouns.count]
    let round = place / (Self.places.count * nouns.count)
    return Company(name: "\(name) \(noun)\(round == 0 ? "" : " \(round + 1)")", code: letter)
  }
}
