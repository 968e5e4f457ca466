import Testing

@testable import GoldenFiles

@Suite struct `A line difference` {
  @Test func `shows changes with three lines around them`() {
    let golden = (1...20).map { "line \($0)" }.joined(separator: "\n")
    let actual = golden.replacing("line 5\n", with: "line five\n").replacing("line 18\n", with: "")
    #expect(
      LineDifference(from: golden, to: actual).description == """
        line 2 of the golden file:
            line 2
            line 3
            line 4
          - line 5
          + line five
            line 6
            line 7
            line 8
        line 15 of the golden file:
            line 15
            line 16
            line 17
          - line 18
            line 19
            line 20
        """)
  }

  @Test(arguments: [
    (
      "a b\n", "a\u{A0}b\r\n",
      """
      line 1 of the golden file:
        - a b
        + a\\u{00A0}b\\u{000D}
          \("")
      """
    ),
    (
      "a\n", "a",
      """
      note      the golden file ends with a line feed, the text does not
      line 1 of the golden file:
          a
        - \("")
      """
    ),
    (
      "", "a\n",
      """
      note      the text ends with a line feed, the golden file does not
      line 1 of the golden file:
        + a
          \("")
      """
    ),
    (
      "a\nb\n", "a\nb  \n",
      """
      line 1 of the golden file:
          a
        - b
        + b\\u{0020}\\u{0020}
          \("")
      """
    ),
    (
      "a\r\nb", "a\nb",
      """
      note      only carriage returns differ, as after a checkout that changes line endings
      line 1 of the golden file:
        - a\\u{000D}
        + a
          b
      """
    ),
    (
      "caf\u{E9}", "cafe\u{301}",
      """
      note      only the Unicode normalisation differs
      line 1 of the golden file:
        - caf\u{E9}
        + cafe\u{301}
      """
    ),
  ])
  func `shows what cannot be seen`(_ golden: String, _ actual: String, _ expected: String) {
    #expect(LineDifference(from: golden, to: actual).description == expected)
  }

  @Test func `is a shortest edit`() throws {
    var random = SeededGenerator(state: 7)
    for _ in 0..<500 {
      let old = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        Int.random(in: 0...3, using: &random)
      }
      let new = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        Int.random(in: 0...3, using: &random)
      }
      let pairs = try #require(ShortestEdit.commonPairs(old[...], new[...]))
      #expect(pairs.allSatisfy { old[$0.0] == new[$0.1] })
      #expect(zip(pairs, pairs.dropFirst()).allSatisfy { $0.0 < $1.0 && $0.1 < $1.1 })
      #expect(pairs.count == longestCommonSubsequence(old, new))
    }
  }

  @Test func `ends soon on texts that have nothing in common`() {
    let golden = (0..<20_000).map { "a\($0)" }.joined(separator: "\n")
    let actual = (0..<20_000).map { "b\($0)" }.joined(separator: "\n")
    let difference = LineDifference(from: golden, to: actual)
    #expect(difference.changes.count == 40_000)
    #expect(
      difference.description.hasPrefix(
        """
        note      more than 1000 lines differ: all between the first and the last of them are shown as \
        replaced
        line 1 of the golden file:
          - a0

        """))
  }

  private func longestCommonSubsequence(_ old: [Int], _ new: [Int]) -> Int {
    var lengths = Array(repeating: 0, count: new.count + 1)
    for line in old {
      var diagonal = 0
      for (index, other) in new.enumerated() {
        let above = lengths[index + 1]
        lengths[index + 1] = line == other ? diagonal + 1 : max(above, lengths[index])
        diagonal = above
      }
    }
    return lengths[new.count]
  }
}

/// The same numbers in every run.
private struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 33)
  }
}
