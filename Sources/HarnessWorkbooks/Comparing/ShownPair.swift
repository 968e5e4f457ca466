/// Two values that differ, as a message shows them under each other: so that they differ there too.
struct ShownPair {
  let from: String?
  let to: String?

  private static let shownBefore = 20

  init(_ one: CellValue, _ other: CellValue) {
    if case .text(let text) = one, case .text(let otherText) = other {
      let shared = Self.cut(text, otherText)
      (from, to) = ("\(shared.before)\"\(shared.one)\"", "\(shared.before)\"\(shared.other)\"")
      return
    }
    let (shown, otherShown) = ("\(one)", "\(other)")
    // A time of day and as long a duration look the same.
    let isAlike = shown == otherShown
    from = one == .empty ? nil : isAlike ? "\(shown) (\(one.kind))" : shown
    to = other == .empty ? nil : isAlike ? "\(otherShown) (\(other.kind))" : otherShown
  }

  init(formula one: String?, _ other: String?) {
    if let one, let other {
      let shared = Self.cut(one, other)
      (from, to) = ("\(shared.before)=\(shared.one)", "\(shared.before)=\(shared.other)")
    } else {
      from = one.map { "=\(visible($0))" }
      to = other.map { "=\(visible($0))" }
    }
  }

  /// Two texts as they are shown; where that would be alike, from shortly before their first difference on, with what
  /// ASCII has not as code points.
  private static func cut(
    _ one: String, _ other: String
  ) -> (before: String, one: String, other: String) {
    let (shown, otherShown) = (visible(one), visible(other))
    // Swift takes two forms of a letter for the same, as a reader does.
    guard shown == otherShown else { return ("", shown, otherShown) }
    let same = zip(one.unicodeScalars, other.unicodeScalars).prefix { $0 == $1 }.count
    let dropped = max(0, same - shownBefore)
    let before = dropped > 0 ? "(\(dropped) characters alike) " : ""
    return (before, escaped(one, dropped), escaped(other, dropped))
  }

  private static func escaped(_ text: String, _ dropped: Int) -> String {
    var result = ""
    for scalar in text.unicodeScalars.dropFirst(dropped) {
      if scalar.isASCII {
        result.unicodeScalars.append(scalar)
      } else {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      }
      if result.utf8.count > 1000 { break }
    }
    return visible(result)
  }
}

extension CellValue {
  fileprivate var kind: String {
    switch self {
    case .empty: "empty"
    case .number: "number"
    case .text: "text"
    case .boolean: "truth value"
    case .error: "error"
    case .date: "date"
    case .time: "time of day"
    case .duration: "duration"
    }
  }
}
