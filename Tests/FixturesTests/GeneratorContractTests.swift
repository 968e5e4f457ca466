import Fixtures
import Testing

/// What the seeds of each generator give, as one hash over 200 of them: a change needs a new `GeneratorVersion`.
@Suite struct `The contract of generators` {
  private static let first = SheetDate("2025-01-01")!
  private static let last = SheetDate("2025-12-31")!

  private static let hashes: [(name: String, hash: @Sendable () throws -> UInt64)] = [
    ("int", { try hash(.int(in: -50...50)) }),
    ("int of all bits", { try hash(.int(in: .min ... .max)) }),
    ("heavyTailed", { try hash(.heavyTailed(upTo: 1_000_000)) }),
    ("bool", { try hash(.bool) }),
    ("double", { try hash(Generator<Double>.double(in: -1...1).map { $0.bitPattern }) }),
    ("price", { try hash(.price(from: -100, to: 3000, decimals: 3, tick: 5)) }),
    ("date", { try hash(.date(from: first, to: last)) }),
    ("string", { try hash(.string(of: "abc", count: 0...9)) }),
    ("nasty", { try hash(.nasty) }), ("word", { try hash(.word) }),
    ("words", { try hash(.words(count: 0...5)) }), ("personName", { try hash(.personName) }),
    ("companyName", { try hash(.companyName) }), ("symbol", { try hash(.symbol) }),
    ("email", { try hash(.email) }), ("iban", { try hash(.iban) }),
    ("element", { try hash(Generator<Int>.element(of: [3, 1, 2])) }),
    ("oneOf", { try hash(Generator<Int>.oneOf(.int(in: 0...9), .constant(77))) }),
    ("weighted", { try hash(Generator<Int>.weighted((3, .int(in: 0...9)), (1, .constant(77)))) }),
    ("sized", { try hash(Generator<Int>.sized { .int(in: 0...$0) }) }),
    ("zip", { try hash(zip(Generator.int(in: 0...9), Generator.bool)) }),
    (
      "flatMap",
      {
        try hash(Generator.int(in: 0...5).flatMap { Generator<String>.word.array(count: $0...$0) })
      }
    ),
    ("filter", { try hash(Generator.int(in: 0...99).filter { $0.isMultiple(of: 3) }) }),
    ("optional", { try hash(Generator.int(in: 0...9).optional()) }),
    ("array", { try hash(Generator.int(in: 0...9).array(count: 1...9)) }),
    ("uniqueArray", { try hash(Generator.int(in: 0...9).uniqueArray(count: 2...6)) }),
    ("labelled", { try hash(Generator<String> { $0.labelled("a") { $0.draw(.word) } }) }),
    (
      "labelled in a list",
      {
        try hash(
          Generator<String> { $0.labelled("a") { $0.draw(.word) } }.array(count: 2...3))
      }
    ),
    (
      "dailyReport",
      { try hash(DailyReport.generator(dates: .date(from: first, to: last)), seeds: 0..<20) }
    ),
  ]

  /// FNV-1a over what the values print.
  private static func hash<Value>(
    _ generator: Generator<Value>, seeds: Range<UInt64> = 0..<200
  ) throws -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for seed in seeds {
      for byte in "\(try generator.value(seed: seed));".utf8 {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
      }
    }
    return hash
  }

  @Test(arguments: hashes.indices)
  func `is kept in version 2`(_ index: Int) throws {
    #expect(GeneratorVersion.current == 2)
    let (name, hash) = Self.hashes[index]
    let found = try hash()
    #expect(Self.contract[name] == found, "\(name) gives \(found)")
  }

  @Test func `is told for each of them`() {
    #expect(Set(Self.hashes.map(\.name)) == Set(Self.contract.keys))
  }

  private static let contract: [String: UInt64] = [
    "array": 0xE6EFCB7351E1ADBA,
    "bool": 0xC75D272A7D1CD8A9,
    "companyName": 0xB1B366E41E84BB8A,
    "dailyReport": 0x430AD4D7B52B65C9,
    "date": 0xCAE79843F36B71C9,
    "double": 0x2FCC5C27AE238718,
    "element": 0x6D94504A0A8A3555,
    "email": 0x4A30E488183AAB20,
    "filter": 0xC91D2979E8EE5845,
    "flatMap": 0x3256E7F720B6B706,
    "heavyTailed": 0x22ACD798DE3C13D4,
    "iban": 0x1FC6618F5BCAFD02,
    "int": 0xCCF6734236DBE30D,
    "int of all bits": 0x8BC9048887C27B73,
    "labelled": 0x9B827B266AA3315A,
    "labelled in a list": 0x5B7E2BAEB0A65975,
    "nasty": 0x4F717A4952CEEBA4,
    "oneOf": 0x706248B57CA6E767,
    "optional": 0x05A28C22463F2F7A,
    "personName": 0x4FA4453FA72D1FA7,
    "price": 0x48D563D1FFFF7FCF,
    "sized": 0x17654941FBBF0628,
    "string": 0x68E09F6F13C36408,
    "symbol": 0x6D009F4DAE774E8E,
    "uniqueArray": 0x0C8BE340A3F26DD1,
    "weighted": 0xC980E455C1ABBBB9,
    "word": 0xC96F70D6880B6744,
    "words": 0x1D8F19B8BAE0699C,
    "zip": 0x0E65E7C8E83C5E8E,
  ]
}
