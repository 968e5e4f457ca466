import Fixtures
import Foundation
import Testing

@testable import func Fixtures.checkDigits

@Suite struct `Generators` {
  private static let first = SheetDate("2025-01-01")!
  private static let last = SheetDate("2025-12-31")!

  // What a seed gives is a contract: a change here needs a new `GeneratorVersion`.
  @Test(
    arguments: [
      ("int", "\(try! Generator.int(in: -50...50).array(count: 5...5).value(seed: 7))"),
      (
        "heavy", "\(try! Generator.heavyTailed(upTo: 1_000_000).array(count: 5...5).value(seed: 7))"
      ),
      (
        "price",
        "\(try! Generator.price(from: 10, to: 3000, tick: 5).array(count: 3...3).value(seed: 7))"
      ),
      ("date", "\(try! Generator.date(from: first, to: last).array(count: 3...3).value(seed: 7))"),
      ("words", try! Generator.words(count: 3...3).value(seed: 7)),
      ("person", try! Generator.personName.value(seed: 7)),
      ("company", try! Generator.companyName.value(seed: 7)),
      ("symbol", try! Generator.symbol.value(seed: 7)),
      ("email", try! Generator.email.value(seed: 7)),
      ("iban", try! Generator.iban.value(seed: 7)),
      ("double", "\(try! Generator.double(in: 0...1).value(seed: 7))"),
      ("optional", "\(try! Generator.bool.optional().array(count: 6...6).value(seed: 7))"),
    ])
  func `give the same values for the same seed in version 1`(name: String, value: String) {
    #expect(GeneratorVersion.current == 1)
    #expect(value == Self.golden[name])
  }

  private static let golden: [String: String] = [
    "company": "Twin Rivers Telecoms",
    "date": "[2025-09-13, 2025-04-12, 2025-11-03]",
    "double": "0.7005764821796896",
    "email": "me98@example.net",
    "heavy": "[27875, 981097, 872774, 1, 151]",
    "iban": "XX39SHVZ98014157984524",
    "int": "[-20, 28, -34, -49, -50]",
    "optional": "[Optional(false), Optional(true), Optional(true), nil, nil, Optional(false)]",
    "person": "Émile Obeidi",
    "price": "[21.05, 8.4, 25.2]",
    "symbol": "SHVZ",
    "words": "me luhoba sa",
  ]

  @Test(arguments: 0..<50)
  func `keep within their bounds`(seed: UInt64) throws {
    #expect(-3...9 ~= (try Generator.int(in: -3...9).value(seed: seed)))
    #expect(5...9 ~= (try Generator.int(in: 5...9).value(seed: seed)))
    #expect(-9 ... -5 ~= (try Generator.int(in: -9 ... -5).value(seed: seed)))
    _ = try Generator.int(in: .min ... .max).value(seed: seed)
    #expect(0...777 ~= (try Generator.heavyTailed(upTo: 777).value(seed: seed)))
    #expect(2.0...3.0 ~= (try Generator.double(in: 2...3).value(seed: seed)))
    let price = try Generator.price(from: 10, to: 100, tick: 5).value(seed: seed)
    #expect(Decimal(string: "0.1")! <= price && price <= 1)
    #expect((price * 100 / 5).isInteger)
    #expect(
      Self.first...Self.last
        ~= (try Generator.date(from: Self.first, to: Self.last).value(seed: seed)))
    #expect(2...4 ~= (try Generator.word.array(count: 2...4).value(seed: seed)).count)
    #expect((try Generator.word.array(count: 0...50).value(seed: seed, size: 3)).count <= 3)
    let unique = try Generator.int(in: 0...9).uniqueArray(count: 10...10).value(seed: seed)
    #expect(Set(unique).count == 10)
    let even = try Generator.int(in: 0...99).filter { $0.isMultiple(of: 2) }.value(seed: seed)
    #expect(even.isMultiple(of: 2))
    let iban = try Generator.iban.value(seed: seed)
    #expect(
      checkDigits(country: "XX", account: String(iban.dropFirst(4))) == iban.dropFirst(2).prefix(2))
  }

  @Test func `make IBANs with the check digits of real ones`() {
    // The example of the United Kingdom in the registry of ISO 13616.
    #expect(checkDigits(country: "GB", account: "WEST12345698765432") == "82")
  }

  @Test func `choose by weight`() throws {
    let generator = Generator<Int>.weighted((1, .constant(0)), (3, .constant(1)), (0, .constant(2)))
    let drawn = try generator.array(count: 4_000...4_000).value(seed: 1)
    #expect(2_800...3_200 ~= drawn.reduce(0, +))
    #expect(!drawn.contains(2))
    let other = try Generator<Int>.oneOf(.constant(0), .constant(1)).array(count: 500...500).value(
      seed: 1)
    #expect(Set(other) == [0, 1])
  }

  @Test func `put values together`() throws {
    let triple = zip(Generator.int(in: 0...9), Generator.bool, Generator.symbol)
    let (number, _, symbol) = try triple.value(seed: 3)
    #expect(0...9 ~= number)
    #expect(symbol.count == 4)
    let nested = Generator.int(in: 1...5).flatMap { Generator.word.array(count: $0...$0) }
    #expect(1...5 ~= (try nested.value(seed: 3)).count)
    let sized = Generator<Int>.sized { size in Generator.int(in: 0...size) }
    #expect((try sized.value(seed: 3, size: 0)) == 0)
    #expect((try Generator.element(of: ["a", "b"]).map { $0 + "!" }.value(seed: 3)).hasSuffix("!"))
  }

  @Test func `say when a filter refuses everything`() {
    let error = #expect(throws: GeneratorExhausted.self) {
      try Generator.int(in: 0...9).filter { _ in false }.value(seed: 4)
    }
    #expect(error?.description.hasPrefix("the generator found no value for the seed 4: ") == true)
    #expect(throws: GeneratorExhausted.self) {
      try Generator.bool.uniqueArray(count: 3...3).value(seed: 4)
    }
  }

  @Test func `keep what has a label when other choices are added`() throws {
    let before = Generator { $0.labelled("code") { $0.draw(.symbol) } }
    let after = Generator { choices in
      _ = choices.draw(.word)
      return choices.labelled("code") { $0.draw(.symbol) }
    }
    #expect(try before.value(seed: 9) == after.value(seed: 9))
  }
}

extension Decimal {
  fileprivate var isInteger: Bool { isZero || exponent >= 0 }
}
