import Fixtures
import Foundation
import Testing

@testable import func Fixtures.checkDigits
@testable import struct Fixtures.NumberedRange

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
  func `give the same values for the same seed in version 2`(name: String, value: String) {
    #expect(GeneratorVersion.current == 2)
    #expect(value == Self.golden[name])
  }

  private static let golden: [String: String] = [
    "company": "Twin Rivers Telecoms",
    "date": "[2025-09-13, 2025-04-12, 2025-11-03]",
    "double": "0.7005764821796896",
    "email": "me98@example.net",
    "heavy": "[27875, 981097, 872774, 1, 151]",
    "iban": "XX39SHVZ98014157984524",
    "int": "[28, -49, -38, 0, 15]",
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
      _ = choices.labelled("name") { $0.draw(.personName) }
      return choices.labelled("code") { $0.draw(.symbol) }
    }
    #expect(try before.value(seed: 9) == after.value(seed: 9))
    // Also numbers, some of which are those of before.
    let number = Generator {
      $0.labelled("n") { choices in
        (0..<20).map { _ in choices.draw(.int(in: 0...1000)) }
      }
    }
    let other = Generator { choices in
      _ = choices.draw(.int(in: 0...1000))
      return choices.draw(number)
    }
    for seed in 0..<50 as Range<UInt64> {
      #expect(try number.value(seed: seed) == other.value(seed: seed))
    }
  }

  @Test func `give what has a label other values each time`() throws {
    let code = Generator { $0.labelled("code") { $0.draw(.symbol) } }
    let codes = try code.array(count: 50...50).value(seed: 7)
    #expect(Set(codes).count == 50)
    #expect(try codes[0] == code.value(seed: 7))
    let (first, second) = try zip(code, code).value(seed: 7)
    #expect([first, second] == codes.prefix(2).map { $0 })
    #expect(try Set(code.uniqueArray(count: 20...20).value(seed: 7)).count == 20)
    // A list of more keeps those that it had.
    #expect(try code.array(count: 9...9).value(seed: 7) == Array(codes.prefix(9)))
    // Labels are counted within each label.
    let nested = Generator { choices in
      ["a", "b"].map { label in
        choices.labelled(label) { choices in
          (0..<2).map { _ in choices.labelled("code") { $0.draw(.symbol) } }
        }
      }
    }
    #expect(Set(try nested.value(seed: 7).joined()).count == 4)
    let reports = DailyReport.generator(dates: .date(from: Self.first, to: Self.last))
    let values = try reports.array(count: 3...3).value(seed: 7).map(\.totals.value)
    #expect(Set(values).count == 3)
  }

  @Test(arguments: [
    Int.min ... .max, Int.min...0, 0 ... .max, .min ... .max - 1, .min + 1 ... .max, -1 ... .max,
    -1000...1000, 5...100_000, -100_000 ... -5, 0...21,
  ])
  func `come to the bounds of numbers, to 0 and near it`(range: ClosedRange<Int>) throws {
    let numbers = Set(try (0..<2000).map { try Generator.int(in: range).value(seed: $0) })
    for number in [range.lowerBound, range.upperBound, -1, 0, 1] where range.contains(number) {
      #expect(numbers.contains(number), "\(number) is missing")
    }
    #expect(numbers.allSatisfy(range.contains))
    // Most are others still.
    #expect(range.count(limit: 100) < 100 || numbers.count > 500)
    let small = numbers.filter { $0.magnitude < 1000 }
    #expect(range.lowerBound > 0 || range.upperBound < 0 || small.count > 15)
  }

  @Test(arguments: [-1000...1000, 3...9, -9 ... -3, Int.min ... .max, .max ... .max, -1...0])
  func `number a range by simplicity, up from 0 and then down`(range: ClosedRange<Int>) {
    let numbers = NumberedRange(range)
    let origin = min(max(0, range.lowerBound), range.upperBound)
    #expect(numbers.number(0) == origin)
    #expect(range.contains(numbers.number(numbers.last)))
    if range == -1000...1000 {
      #expect((0...2000).map { numbers.number($0) } == Array(0...1000) + (-1000 ... -1).reversed())
    }
    #expect(numbers.remarkable.allSatisfy { $0 <= numbers.last })
    for distance in [0, 1, 5, 1 << 40, .max] as [UInt64] {
      for isBelow in [false, true] {
        #expect(numbers.choice(distance: distance, isBelow: isBelow) <= numbers.last)
      }
    }
  }

  @Test func `take the largest arguments and the smallest`() throws {
    for seed in 0..<50 as Range<UInt64> {
      let price = try Generator.price(from: .min, to: .max, decimals: 0).value(seed: seed)
      #expect(Decimal(Int.min)...Decimal(Int.max) ~= price)
      _ = try Generator.price(from: .min, to: .max, decimals: 500, tick: .max).value(seed: seed)
      #expect(try Generator.price(from: 9, to: 3).value(seed: seed) == Decimal(string: "0.09"))
      #expect(0 == (try Generator.heavyTailed(upTo: 0).value(seed: seed)))
      #expect(0 == (try Generator.heavyTailed(upTo: -5).value(seed: seed)))
      #expect(0...1 ~= (try Generator.heavyTailed(upTo: 1).value(seed: seed)))
      #expect(0 <= (try Generator.heavyTailed(upTo: .max).value(seed: seed)))
      let largest = Double.greatestFiniteMagnitude
      let double = try Generator.double(in: -largest...largest).value(seed: seed)
      #expect(double.isFinite && double != largest)
      #expect((try Generator.word.array(count: 0 ... .max).value(seed: seed)).count <= 100)
    }
    let weighted = Generator<Int>.weighted(
      (.max, .constant(0)), (.max, .constant(1)), (.max, .constant(2)), (-1, .constant(3)))
    let drawn = try weighted.array(count: 300...300).value(seed: 1)
    #expect((0...2).allSatisfy { number in drawn.filter { $0 == number }.count > 60 })
    let huge = [Int.max ... .max, 2_000_000...3_000_000]
    for count in huge {
      #expect(throws: GeneratorExhausted.self) {
        try Generator<Int>.constant(1).array(count: count).value(seed: 1)
      }
    }
    #expect(throws: GeneratorExhausted.self) {
      try Generator<Int>.constant(1).filter(tries: .max) { _ in false }.value(seed: 1)
    }
  }

  @Test func `fill a list with every value that there is`() throws {
    let all = try Generator.int(in: 0...499).uniqueArray(count: 500...500).value(seed: 3)
    #expect(all.sorted() == Array(0...499))
    let short = try Generator.bool.uniqueArray(count: 0...9).value(seed: 3)
    #expect(short.count <= 2)
  }
}

extension ClosedRange<Int> {
  fileprivate func count(limit: Int) -> Int {
    let (width, overflow) = upperBound.subtractingReportingOverflow(lowerBound)
    return overflow ? limit : Swift.min(limit, width)
  }
}

extension Decimal {
  fileprivate var isInteger: Bool { isZero || exponent >= 0 }
}
