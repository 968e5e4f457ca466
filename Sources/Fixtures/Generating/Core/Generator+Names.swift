private let syllables = [
  "ba", "na", "ra", "ta", "li", "mo", "sa", "ka", "ri", "no", "du", "me", "fa", "lu", "ze", "ho",
]
private let givenNames = [
  "Ali", "Zainab", "Omar", "Layla", "Hassan", "Noor", "Yusuf", "Maryam", "Karim", "Sara", "Anna",
  "Ben",
  "Chloé", "David", "Émile", "Greta", "José", "Kenji", "Lucía", "Måns",
]
private let familyNames = [
  "Hassan", "Aziz", "Jabouri", "Salman", "Rashid", "Obeidi", "Nasser", "Khalil", "Berg", "Costa",
  "Dubois", "Fischer", "García", "Ito", "Jensen", "Kowalski", "Müller", "O'Brien", "Rossi",
  "Smith-Jones",
]
private let places = [
  "Tigris", "Euphrates", "Babylon", "Ishtar", "Zagros", "Palm", "Cedar", "Crescent", "Twin Rivers",
  "Al-Noor", "Al-Rafid", "Al-Waha",
]
private let trades = [
  "Bank", "Insurance", "Telecoms", "Cement", "Hotels", "Dairy", "Transport", "Chemicals", "Seeds",
]
private let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

// Everything here is invented; what looks like a code or an address belongs to nobody.
extension Generator where Value == String {
  /// Words of one to four syllables in lower case.
  public static var word: Generator {
    Generator<String>.element(of: syllables).array(count: 1...4).map { $0.joined() }
  }

  /// Words with blanks between them.
  public static func words(count range: ClosedRange<Int>) -> Generator {
    word.array(count: range).map { $0.joined(separator: " ") }
  }

  /// Names of persons, some with accents, apostrophes and hyphens.
  public static var personName: Generator {
    Generator { "\($0.element(of: givenNames)) \($0.element(of: familyNames))" }
  }

  /// Names of companies.
  public static var companyName: Generator {
    Generator { "\($0.element(of: places)) \($0.element(of: trades))" }
  }

  /// Symbols of a stock exchange: four capital letters.
  public static var symbol: Generator {
    Generator { choices in String((0..<4).map { _ in choices.element(of: letters) }) }
  }

  /// Addresses of e-mail at `example.com` and its like, which deliver nowhere.
  ///
  /// Source: RFC 2606, section 3.
  public static var email: Generator {
    Generator { choices in
      let name = choices.draw(.word)
      let domain = choices.element(of: ["example.com", "example.org", "example.net"])
      let number = choices.integer(in: 0...99)
      return "\(name)\(number == 0 ? "" : "\(number)")@\(domain)"
    }
  }

  /// Account numbers in the form of an IBAN, with right check digits, of the country code `XX` that no country has.
  ///
  /// Source: ISO 13616-1, section 5, and ISO 7064 (MOD 97-10).
  public static var iban: Generator {
    Generator { choices in
      let bank = String((0..<4).map { _ in choices.element(of: letters) })
      let account = (0..<14).map { _ in "\(choices.integer(in: 0...9))" }.joined()
      return "XX\(checkDigits(country: "XX", account: bank + account))\(bank)\(account)"
    }
  }
}

/// The digits that make the number of an account, its country and they behind it, 1 modulo 97.
func checkDigits(country: String, account: String) -> String {
  var rest = 0
  for byte in (account + country + "00").utf8 {
    if byte >= UInt8(ascii: "A") {
      // A letter stands for two digits, A for 10.
      rest = (rest * 100 + Int(byte - UInt8(ascii: "A")) + 10) % 97
    } else {
      rest = (rest * 10 + Int(byte - UInt8(ascii: "0"))) % 97
    }
  }
  let digits = 98 - rest
  return digits < 10 ? "0\(digits)" : "\(digits)"
}
