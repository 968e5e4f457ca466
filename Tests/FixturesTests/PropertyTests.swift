import Fixtures
import Foundation
import HarnessTestSupport
import Testing

@testable import enum Fixtures.PropertyOutcome
@testable import struct Fixtures.PropertyMisuse
@testable import struct Fixtures.PropertySearch
@testable import struct Fixtures.Shrinker
@testable import func Fixtures.environmentSeed

@Suite struct `Properties` {
  private static func failure<Value>(
    _ generator: Generator<Value>, seed: UInt64 = 1, runs: Int = 100, _ holds: (Value) -> Bool
  ) -> (message: String?, last: Value?, tried: Int) {
    var search = PropertySearch(generator, seed: seed, runs: runs)
    var last: Value?
    var tried = 0
    while let value = search.next() {
      tried += 1
      let result = holds(value)
      if !result { last = value }
      search.take(result ? .holds : .fails(nil))
    }
    return (search.failure, last, tried)
  }

  private static func smallest(_ message: String?) -> String? {
    message?.split(separator: "\n").first { $0.hasPrefix("  for     ") }.map {
      String($0.dropFirst(10))
    }
  }

  @Test func `that hold are tried as often as is wanted`() {
    let result = Self.failure(.int(in: 0...9), runs: 37) { _ in true }
    #expect(result.message == nil)
    #expect(result.tried == 37)
  }

  @Test func `that cannot be tried as asked for fail`() throws {
    try withKnownIssue {
      try forAll(.int(in: 0...9), runs: 0) { _ in true }
    } matching: { issue in
      issue.comments.map(\.rawValue) == ["forAll(…, runs: 0) tries no value; try 1 or more"]
    }
    #expect(throws: PropertyMisuse.self) { try environmentSeed("abc") }
    #expect(try environmentSeed("18446744073709551615") == .max)
  }

  @Test func `may be tried as often as there are numbers`() {
    let result = Self.failure(.int(in: 0...1000), runs: .max) { $0 < 900 }
    #expect(Self.smallest(result.message) == "900")
  }

  @Test func `say when the search for the smallest value was cut short`() {
    var calls = 0
    let numbers = Generator.int(in: 0...1_000_000).array(count: 1000...1000)
    let result = Self.failure(numbers) { _ in
      calls += 1
      return calls > 1
    }
    #expect(result.tried == 3001)
    #expect(
      result.message?.contains(
        "there may be a smaller one: the search stopped after 3000 values") == true)
    #expect(!Self.failure(.int(in: 0...9)) { _ in false }.message!.contains("there may be"))
  }

  @Test(arguments: 1...20)
  func `that do not hold are told with the smallest value`(seed: UInt64) {
    let numbers = Generator.int(in: -1000...1000)
    #expect(Self.smallest(Self.failure(numbers, seed: seed) { $0 < 10 }.message) == "10")
    #expect(Self.smallest(Self.failure(numbers, seed: seed) { $0 > -10 }.message) == "-10")
    let lists = numbers.array(count: 0...60)
    #expect(Self.smallest(Self.failure(lists, seed: seed) { $0.count < 3 }.message) == "[0, 0, 0]")
    #expect(
      Self.smallest(Self.failure(lists, seed: seed) { !$0.contains { $0 >= 100 } }.message)
        == "[100]")
    #expect(
      Self.smallest(Self.failure(lists, seed: seed, runs: 300) { $0 == $0.sorted() }.message).map {
        ["[1, 0]", "[0, -1]"].contains($0)
      } == true)
    let pairs = zip(Generator.int(in: 0...1000), Generator.int(in: 0...1000))
    #expect(
      Self.smallest(Self.failure(pairs, seed: seed) { $0.0 + $0.1 < 50 }.message).map {
        ["(0, 50)", "(50, 0)"].contains($0)
      } == true)
  }

  @Test func `shrink through maps, filters and flat maps`() {
    let even = Generator.int(in: 0...10_000).filter { $0.isMultiple(of: 2) }.map { "n\($0)" }
    #expect(Self.smallest(Self.failure(even) { $0.count < 4 }.message) == "\"n100\"")
    let rows = Generator.int(in: 1...9).flatMap { Generator.int(in: 0...99).array(count: $0...$0) }
    #expect(Self.smallest(Self.failure(rows, runs: 300) { $0.reduce(0, +) < 40 }.message) == "[40]")
  }

  @Test func `are replayed by the seed of the message`() throws {
    let numbers = Generator.int(in: 0...1_000_000).array(count: 0...20)
    let holds = { (list: [Int]) in list.allSatisfy { $0 < 990_000 } }
    let first = Self.failure(numbers, runs: 500, holds)
    let line = try #require(first.message?.split(separator: "\n").last)
    let seed = try #require(UInt64(line.drop { !$0.isNumber }.dropLast()))
    let again = Self.failure(numbers, seed: seed, runs: 1, holds)
    #expect(Self.smallest(again.message) == "[990000]")
    #expect(again.message?.contains("run     1 of 1") == true)
  }

  @Test func `that find too few values say so`() {
    let none = Generator.int(in: 0...9).filter { _ in false }
    #expect(
      Self.failure(none, runs: 5) { _ in true }.message == """
        the generator found too few values: 0 of 5, and 51 discarded
          try     making fitting values instead of filtering them
        """)
  }

  @Test func `hold in tests, waiting or not`() async throws {
    try forAll(.words(count: 0...5)) { $0.split(separator: " ").count <= 5 }
    try await forAll(.int(in: 0...9), runs: 10) { number in
      await Task.yield()
      return number < 10
    }
    try forAll(
      DailyReport.generator(
        dates: .date(from: SheetDate("2025-01-01")!, to: SheetDate("2025-12-31")!)),
      runs: 20
    ) { report in
      report.listings.allSatisfy { $0.low <= $0.close && $0.close <= $0.high }
        && report.totals.volume == report.sectors.reduce(0) { $0 + $1.totals.volume }
    }
  }

  @Test func `shrink in a bounded count of steps`() {
    var shrinker = Shrinker((0..<500).map { UInt64($0 % 7) })
    var proposals = 0
    while let choices = shrinker.propose() {
      proposals += 1
      // Fails with everything: the empty choices are the simplest.
      shrinker.take(failingWith: choices)
    }
    #expect(shrinker.best == [])
    #expect(proposals < 200)
    var stubborn = Shrinker((0..<500).map { UInt64($0) })
    var rejected = 0
    while stubborn.propose() != nil {
      rejected += 1
      stubborn.take(failingWith: nil)
    }
    #expect(stubborn.best.count == 500)
    #expect(rejected <= 3_000)
  }

  @Test(arguments: FailingRun.Framework.allCases)
  func `that do not hold are one failure at the caller's line`(
    _ framework: FailingRun.Framework
  ) async throws {
    let isXCTest = framework == .xctest
    let run = try await FailingRun.of(isXCTest ? "PropertyFailures" : "PropertySuite", framework)
    let issues = run.issues.filter { $0.test.lowercased().contains("words") }
    let body = """
      the property does not hold
        for     "ba ba"
        error   TooLong(words: 2)
        first   "risara luzezeno na"
                made smaller 8 times
        run     1 of 50
        replay  forAll(…, seed: 1)
      """
    #expect(issues.map(\.message) == [body])
    #expect(
      issues.map(\.place) == [isXCTest ? "PropertyFailures.swift:14" : "PropertySuite.swift:12"]
    )
    #expect(run.hasFailed)
  }

  @Test(arguments: FailingRun.Framework.allCases)
  func `keep a value that is too long for the message as evidence`(
    _ framework: FailingRun.Framework
  ) async throws {
    let isXCTest = framework == .xctest
    let suite = isXCTest ? "PropertyFailures" : "PropertySuite"
    let run = try await FailingRun.of(suite, framework)
    let issue = try #require(run.issues.first { $0.test.lowercased().contains("long") })
    let lines = issue.message.split(separator: "\n").map(String.init)
    let value = "  for     [" + Array(repeating: "1000, ", count: 50).joined()
    #expect(lines[1] == value.prefix(310) + "… (+900 characters)")
    let files = lines.suffix(2).map { $0.dropFirst("  evidence  ".count) }
    #expect(
      files.map { URL(filePath: String($0)).lastPathComponent } == ["value.txt", "first.txt"])
    let text = try String(contentsOf: URL(filePath: String(files[0])), encoding: .utf8)
    #expect(text == "\(Array(repeating: 1000, count: 200))\n")
  }
}
