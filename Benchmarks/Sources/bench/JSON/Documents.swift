/// A list of records as a service lists them, the same for the same size.
struct RecordDocument {
  let megabytes: Int

  private static let words = [
    "alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliett",
    "Zürich", "Köln", "東京", "naïve",
  ]

  /// The text, with the members of each object in an order of their own or not, and some records with one
  /// member that is another one.
  func bytes(reordered: Bool, changes: Int) -> [UInt8] {
    var random = SplitMix(state: 7)
    var order = SplitMix(state: 11)
    var result: [UInt8] = [UInt8(ascii: "[")]
    result.reserveCapacity(megabytes * 1_000_000 + 2_000)
    var index = 0
    while result.count < megabytes * 1_000_000 {
      if index > 0 { result.append(UInt8(ascii: ",")) }
      var record = record(index, &random)
      if isChanged(index, changes) {
        if index % 2 == 0 { record[4].1 = "-1" } else { record[8].1 = record[8].1.changedLogin }
      }
      if reordered { record.shuffle(using: &order) }
      result += Self.object(record).utf8
      index += 1
    }
    result.append(UInt8(ascii: "]"))
    return result
  }

  /// Where the changes are, as pointers.
  func changedPointers(_ changes: Int) -> [String] {
    (0..<changes).map { ($0 + 1) * spacing(changes) }
      .map { $0 % 2 == 0 ? "/\($0)/price" : "/\($0)/owner/login" }
  }

  private func isChanged(_ index: Int, _ changes: Int) -> Bool {
    changes > 0 && index > 0 && index % spacing(changes) == 0 && index / spacing(changes) <= changes
  }

  /// An odd number of records, so that both kinds of changes come up; a record has some 500 bytes.
  private func spacing(_ changes: Int) -> Int { megabytes * 1_500 / (changes + 1) | 1 }

  private static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
  }

  private func record(_ index: Int, _ random: inout SplitMix) -> [(String, String)] {
    func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
    func word() -> String { Self.words[below(Self.words.count)] }
    func money() -> String { "\(below(10_000)).\(below(90) + 10)" }
    func digits(_ count: Int) -> String { String(String(below(1 << 40) + 1 << 40).prefix(count)) }
    let tags = (0..<below(5)).map { _ in "\"\(word())\"" }.joined(separator: ",")
    let note = below(2) == 0 ? "null" : #""said \"\#(word())\"\n""#
    let owner = Self.object([
      ("login", "\"user\(below(100_000))\""),
      ("url", "\"https://api.example.com/users/\(below(100_000))\""), ("note", note),
    ])
    let lines = (0..<below(4)).map { _ in
      Self.object([("sku", "\"A\(digits(6))\""), ("qty", "\(below(99) + 1)"), ("net", money())])
    }
    let identifier =
      String(random.next() | 1 << 63, radix: 16) + String(random.next() | 1 << 63, radix: 16)
    return [
      ("id", "\(index)"), ("uuid", "\"\(identifier)\""),
      ("name", "\"" + (0...below(4)).map { _ in word() }.joined(separator: " ") + "\""),
      ("active", below(2) == 0 ? "true" : "false"), ("price", money()),
      ("ratio", "\(Double(random.next() >> 11) / Double(1 << 53 as UInt64))"),
      ("tags", "[\(tags)]"),
      ("created", "\"2025-0\(below(9) + 1)-1\(below(10))T1\(below(10)):30:00Z\""),
      ("owner", owner), ("lines", "[\(lines.joined(separator: ","))]"),
    ]
  }
}

extension String {
  fileprivate var changedLogin: String { replacing(#""login":"user"#, with: #""login":"changed"#) }
}

/// Documents of one kind of content.
enum DocumentShape: String, CaseIterable {
  case numbers, escapes = "strings with escapes", wide = "names in one object"
  case pretty = "indented records"

  func bytes(megabytes: Int) -> [UInt8] {
    let size = megabytes * 1_000_000
    var random = SplitMix(state: 3)
    var parts: [String] = []
    var count = 0
    func add(_ part: String) {
      parts.append(part)
      count += part.utf8.count + 1
    }
    switch self {
    case .numbers:
      while count < size { add("\(Double(random.next() >> 40) / 64)") }
      return Array("[\(parts.joined(separator: ","))]".utf8)
    case .escapes:
      while count < size {
        add(#""line \#(random.next() % 97)\n\t\"quoted\" \u00e9\ud83d\ude00 日本語 end""#)
      }
      return Array("[\(parts.joined(separator: ","))]".utf8)
    case .wide:
      while count < size { add("\"name\(parts.count)\":\(random.next() % 1_000)") }
      return Array("{\(parts.joined(separator: ","))}".utf8)
    case .pretty:
      let records = RecordDocument(megabytes: max(1, megabytes * 6 / 10)).bytes(
        reordered: false, changes: 0)
      return indented(records)
    }
  }
}

/// A small generator of numbers, the same on every machine.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
