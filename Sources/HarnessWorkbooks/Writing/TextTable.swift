/// Texts with numbers in the order of their first use.
///
/// Texts count as equal by their bytes: Swift's `==` would take two forms of one letter for the same.
struct TextTable: Sendable {
  private(set) var all: [String] = []
  private var numbers: [Key: Int] = [:]

  private struct Key: Hashable, Sendable {
    let text: String

    static func == (one: Key, other: Key) -> Bool {
      one.text.utf8.count == other.text.utf8.count && one.text.utf8.elementsEqual(other.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
      var text = text
      text.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
  }

  mutating func number(_ text: String) -> Int {
    let key = Key(text: text)
    if let number = numbers[key] { return number }
    numbers[key] = all.count
    all.append(text)
    return all.count - 1
  }
}
