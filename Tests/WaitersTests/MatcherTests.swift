import Testing

@testable import Waiters

@Suite struct `A matcher` {
  private struct Stage: Sendable, Equatable {
    let name: String
    let percent: Int
  }

  private static let stage = Stage(name: "storage", percent: 60)

  private static let cases: [(Matcher<Stage>, String, mismatch: String?)] = [
    (.equal(to: stage), #"is Stage(name: "storage", percent: 60)"#, nil),
    (.with(\.percent, equalTo: 60), "has percent that is 60", nil),
    (.with(\.percent, equalTo: 70), "has percent that is 70", "percent = 60 is not 70"),
    (
      .with(\.name, .satisfying("is short") { $0.count < 4 }), "has name that is short",
      #"name = "storage" not: is short"#
    ),
    (
      .with(\.name, equalTo: "storage").and(.with(\.percent, equalTo: 70)),
      #"has name that is "storage" and has percent that is 70"#, "percent = 60 is not 70"
    ),
    (
      .with(\.percent, equalTo: 50).or(.with(\.percent, equalTo: 60)),
      "has percent that is 50 or has percent that is 60", nil
    ),
    (
      .with(\.percent, equalTo: 50).or(.with(\.percent, equalTo: 70)),
      "has percent that is 50 or has percent that is 70",
      "percent = 60 is not 50, and percent = 60 is not 70"
    ),
  ]

  @Test(arguments: cases.indices)
  func `says what it wants, and why a value does not match`(index: Int) {
    let (matcher, description, mismatch) = Self.cases[index]
    #expect(matcher.description == description)
    #expect(matcher.mismatch(of: Self.stage) == mismatch)
  }

  @Test func `tells a wait why each event was not the one`() async throws {
    let inbox = Mailbox<Int>("inbox")
    for number in 1...2 { inbox.send(number) }
    #expect(try await inbox.first(matching: .equal(to: 2)) == 2)
    let outcome = await inbox.outcomeOfFirst(matching: .equal(to: 3), within: .zero)
    let text = try #require(outcome.report).description
    #expect(text.contains("#1  1  (is not 3)"))
    #expect(text.contains("#2  2  (taken by another wait)"))
    inbox.send(3)
    #expect(try await inbox.collect(untilMatching: .equal(to: 3)) == [1, 3])
  }
}
