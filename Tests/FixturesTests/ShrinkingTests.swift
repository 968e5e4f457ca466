import Fixtures
import Testing

@testable import enum Fixtures.PropertyOutcome
@testable import struct Fixtures.PropertySearch
@testable import struct Fixtures.ShownText

/// The smallest values that the search finds, against those that are known to be the smallest.
@Suite struct `The search for the smallest value` {
  struct Challenge: Sendable, CustomTestStringConvertible {
    var name: String
    var smallest: Set<String>
    var find: @Sendable (_ seed: UInt64) -> String?
    var testDescription: String { name }

    init<Value>(
      _ name: String, _ smallest: String..., of generator: Generator<Value>, runs: Int = 2000,
      holds: @escaping @Sendable (Value) -> Bool
    ) {
      self.name = name
      self.smallest = Set(smallest)
      find = { seed in
        var search = PropertySearch(generator, seed: seed, runs: runs)
        while let value = search.next() { search.take(holds(value) ? .holds : .fails(nil)) }
        return search.failure?.split(separator: "\n").first { $0.hasPrefix("  for     ") }.map {
          String($0.dropFirst(10))
        }
      }
    }
  }

  // Source: github.com/jlink/shrinking-challenge, with the smallest values that it gives; a range begins with the number
  // nearest to 0, so that 1 comes before -1.
  static let challenges: [Challenge] = [
    Challenge(
      "large union list", "[[0, 1, 2, 3, 4]]",
      of: Generator<Int>.int(in: -1000...1000).array(count: 0...10).array(count: 0...10)
    ) { Set($0.joined()).count < 5 },
    Challenge(
      "reverse", "[0, 1]",
      of: Generator<Int>.int(in: -1000...1000).array(count: 0...50)
    ) { $0 == $0.reversed() },
    Challenge("calculator", "0 / (0 + 0)", of: Expression.generator(depth: 5)) {
      $0.dividesByLiteralZero || $0.value != nil
    },
    Challenge(
      "length list", "[900]",
      of: Generator<Int>.int(in: 1...100).flatMap {
        Generator<Int>.int(in: 0...1000).array(count: $0...$0)
      }
    ) { $0.allSatisfy { $0 < 900 } },
    Challenge("difference must not be zero", "(10, 10)", of: pairs) { !($0 >= 10 && $0 == $1) },
    Challenge("difference must not be small", "(10, 6)", of: pairs) {
      !($0 >= 10 && 1...4 ~= abs($0 - $1))
    },
    Challenge("difference must not be one", "(10, 9)", of: pairs, runs: 20_000) {
      !($0 >= 10 && abs($0 - $1) == 1)
    },
    Challenge(
      "nested lists", "[[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]]",
      of: Generator<Int>.int(in: -1000...1000).array(count: 0...20).array(count: 0...20)
    ) { $0.reduce(0) { $0 + $1.count } <= 10 },
    Challenge(
      "distinct", "[0, 1, 2]", of: Generator<Int>.int(in: -1000...1000).array(count: 0...50)
    ) { Set($0).count < 3 },
    Challenge(
      "deletion", "([0, 0], 0)",
      of: Generator<Int>.int(in: -1000...1000).array(count: 1...30).flatMap { list in
        Generator<Int>.element(of: list).map { (list, $0) }
      }
    ) { list, element in
      var rest = list
      rest.remove(at: rest.firstIndex(of: element)!)
      return !rest.contains(element)
    },
  ]

  // What else is small and known: each needs a move of its own.
  static let moves: [Challenge] = [
    Challenge("a multiple of seven and three", "507", of: .int(in: 0...100_000)) {
      !($0 > 500 && $0 % 7 == 3)
    },
    Challenge("an odd number", "1001", of: .int(in: 0...100_000)) { $0 < 1000 || $0 % 2 == 0 },
    Challenge("equal numbers", "(11, 11)", of: pairs) { !($0 == $1 && $0 > 10) },
    Challenge("a sum of two", "(0, 100)", of: pairs) { $0 + $1 < 100 },
    Challenge(
      "a sum of a list", "[1000]", of: Generator<Int>.int(in: 0...1000).array(count: 0...50)
    ) { $0.reduce(0, +) < 1000 },
    Challenge(
      "two equal of a list", "[0, 0]", of: Generator<Int>.int(in: 0...1000).array(count: 0...50)
    ) { Set($0).count == $0.count },
    Challenge(
      "a list out of order", "[1, 0]", "[0, -1]",
      of: Generator<Int>.int(in: -1000...1000).array(count: 0...50)
    ) { $0 == $0.sorted() },
    Challenge(
      "three large ones of a long list", "[51, 51, 51]",
      of: Generator<Int>.int(in: 0...100).array(count: 0...100)
    ) { $0.filter { $0 > 50 }.count < 3 },
    Challenge(
      "a list of pairs", "[(0, 0), (0, 0), (0, 0)]",
      of: zip(Generator.int(in: 0...1000), Generator.int(in: 0...1000)).array(count: 0...60)
    ) { $0.count < 3 },
    Challenge(
      "a pair of a list of pairs", "[(0, 500)]",
      of: zip(Generator.int(in: 0...1000), Generator.int(in: 0...1000)).array(count: 0...60)
    ) { $0.allSatisfy { $0.1 < 500 } },
    Challenge(
      "what a filter let through", "[1002]",
      of: Generator<Int>.int(in: 0...10_000).filter { $0 % 3 == 0 }.array(count: 0...20)
    ) { $0.allSatisfy { $0 < 1000 } },
    Challenge("a negative number", "-1000000007", of: .int(in: .min ... .max)) {
      $0 > -1_000_000_007
    },
    Challenge(
      "different numbers", "[0, 1, 500]",
      of: Generator<Int>.int(in: 0...1000).uniqueArray(count: 3...30)
    ) { $0.max()! < 500 },
    Challenge(
      "a text", "\"aab\"", "\"b\"", of: .string(of: "abcxyz", count: 0...80)
    ) { !$0.contains("b") },
  ]

  @Test(arguments: challenges, 1...10)
  func `reaches the smallest of the challenges`(_ challenge: Challenge, seed: UInt64) {
    let found = challenge.find(seed)
    #expect(challenge.smallest.contains(found ?? ""), "\(challenge.name) gives \(found ?? "none")")
  }

  @Test(arguments: moves, 1...10)
  func `makes each move that is needed`(_ challenge: Challenge, seed: UInt64) {
    let found = challenge.find(seed)
    #expect(challenge.smallest.contains(found ?? ""), "\(challenge.name) gives \(found ?? "none")")
  }

  // Two numbers are the smallest, and where three were found first, none of the moves makes two of them.
  @Test(arguments: 1...10)
  func `comes near the smallest of bound5`(seed: UInt64) throws {
    let challenge = Challenge(
      "bound5", of: zip(Self.shorts, Self.shorts, Self.shorts, Self.shorts, Self.shorts)
    ) { a, b, c, d, e in
      let lists = [a, b, c, d, e]
      if lists.contains(where: { Self.sum($0) >= 256 }) { return true }
      return Self.sum(lists.flatMap { $0 }) < 5 * 256
    }
    let found = try #require(challenge.find(seed))
    let numbers = found.split(whereSeparator: { !$0.isNumber && $0 != "-" })
    #expect(
      ["[-32768, -1]", "[-1, 1, 32767]"].contains {
        $0 == "[\(numbers.compactMap { Int($0) }.sorted().map { "\($0)" }.joined(separator: ", "))]"
      })
  }

  private static let pairs = zip(Generator.int(in: 0...1000), Generator.int(in: 0...1000))
  private static let shorts = Generator<Int>.int(in: -32_768...32_767).array(count: 0...10)

  private static func sum(_ list: [Int]) -> Int16 {
    list.reduce(0) { $0 &+ Int16(truncatingIfNeeded: $1) }
  }

  indirect enum Expression: Sendable, CustomDebugStringConvertible {
    case number(Int)
    case sum(Expression, Expression)
    case quotient(Expression, Expression)

    static func generator(depth: Int) -> Generator<Expression> {
      let number = Generator.int(in: -100...100).map { Expression.number($0) }
      guard depth > 0 else { return number }
      let part = generator(depth: depth - 1)
      return .oneOf(
        number, zip(part, part).map { .sum($0, $1) }, zip(part, part).map { .quotient($0, $1) })
    }

    var dividesByLiteralZero: Bool {
      switch self {
      case .number: false
      case .quotient(_, .number(0)): true
      case .sum(let a, let b), .quotient(let a, let b):
        a.dividesByLiteralZero || b.dividesByLiteralZero
      }
    }

    /// Nil where something is divided by 0.
    var value: Int? {
      switch self {
      case .number(let number): return number
      case .sum(let a, let b):
        guard let a = a.value, let b = b.value else { return nil }
        return a &+ b
      case .quotient(let a, let b):
        guard let a = a.value, let b = b.value, b != 0 else { return nil }
        return a / b
      }
    }

    var debugDescription: String {
      switch self {
      case .number(let number): "\(number)"
      case .sum(let a, let b): "\(a.part) + \(b.part)"
      case .quotient(let a, let b): "\(a.part) / \(b.part)"
      }
    }

    private var part: String {
      if case .number = self { return debugDescription }
      return "(\(debugDescription))"
    }
  }
}

@Suite struct `A value in a message` {
  @Test func `is cut with a count, and kept whole`() {
    let text = String(repeating: "ab\n", count: 200)
    let shown = ShownText(value: text)
    #expect(shown.excerpt.hasSuffix("… (+299 characters)"))
    #expect(shown.whole == text + "\n")
    #expect(ShownText(value: "a\nb").excerpt == "a b")
    #expect(ShownText(value: "a\nb").whole == nil)
    let error = ShownText(error: "a\n" + String(repeating: "b", count: 3000))
    #expect(error.excerpt.hasPrefix("a\nbb"))
    #expect(error.excerpt.hasSuffix("… (+1002 characters)"))
    let long = ShownText(value: String(repeating: "x", count: ShownText.longestFile + 5))
    #expect(long.whole?.hasSuffix("\n… (+5 characters)\n") == true)
  }
}
