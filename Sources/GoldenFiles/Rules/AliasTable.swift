import HarnessJSON

/// Which alias each varying value has, by the order in which they were met.
struct AliasTable {
  private var numbers: [String: [ByteString: Int]] = [:]

  /// The placeholder of a value, such as `<order 2>`.
  mutating func alias(of value: JSONValue, in name: String) -> String {
    // A string and a number never have the same compact text.
    let key = ByteString(value.compactText)
    let number = numbers[name]?[key] ?? (numbers[name]?.count ?? 0) + 1
    numbers[name, default: [:]][key] = number
    return "<\(name) \(number)>"
  }
}
