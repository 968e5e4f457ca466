import Testing

@testable import HarnessLines

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
                 ^
          + line five
                 ^^^^
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
           ^^
        + a\\u{00A0}b\\u{000D}
           ^^^^^^^^^^^^^^^^^
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
           ^^^^^^^^^^^^^^^^
          \("")
      """
    ),
    (
      "a\r\nb", "a\nb",
      """
      note      only carriage returns differ, as after a checkout that changes line endings: write \
      "**/Goldens/** -text" into .gitattributes
      line 1 of the golden file:
        - a\\u{000D}
           ^^^^^^^^
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
             ^
        + cafe\u{301}
             ^^
      """
    ),
  ])
  func `shows what cannot be seen`(_ golden: String, _ actual: String, _ expected: String) {
    #expect(LineDifference(from: golden, to: actual).description == expected)
  }

  @Test func `is a shortest edit`() throws {
    var random = SeededGenerator(state: 7)
    for _ in 0..<500 {
      let (old, new) = (sequence(12, &random), sequence(12, &random))
      let pairs = try #require(ShortestEdit.commonPairs(old[...], new[...]))
      #expect(pairs.allSatisfy { old[$0.0] == new[$0.1] })
      #expect(zip(pairs, pairs.dropFirst()).allSatisfy { $0.0 < $1.0 && $0.1 < $1.1 })
      #expect(pairs.count == longestCommonSubsequence(old, new))
    }
  }

  private func sequence(_ length: Int, _ random: inout SeededGenerator) -> [Int32] {
    (0..<Int.random(in: 0...length, using: &random)).map { _ in
      Int32.random(in: 0...3, using: &random)
    }
  }

  @Test func `pairs lines that are the same, in order`() {
    var random = SeededGenerator(state: 11)
    for length in [5, 50, 2_000] {
      for _ in 0..<20 {
        let (old, new) = (sequence(length, &random), sequence(length, &random))
        let runs = LineAlignment(old, new, distinct: 4).runs
        var end = (old: 0, new: 0)
        for run in runs {
          #expect(run.old >= end.old && run.new >= end.new && run.count > 0)
          #expect(old[run.old..<run.old + run.count] == new[run.new..<run.new + run.count])
          end = (run.old + run.count, run.new + run.count)
        }
      }
    }
  }

  /// Shapes in which a plain search takes time that grows with the square of the lines.
  static let badShapes: [(String, [String], [String])] = [
    ("nothing in common", (0..<20_000).map { "a\($0)" }, (0..<20_000).map { "b\($0)" }),
    (
      "all lines equal", ["a"] + Array(repeating: "x", count: 20_000) + ["b"],
      ["c"] + Array(repeating: "x", count: 15_000) + ["d"]
    ),
    (
      "no unique line", (0..<20_000).map { "\($0 / 2 % 97)" },
      (0..<20_000).map { "\($0 / 2 % 89)" }
    ),
    ("reversed", (0..<20_000).map { "\($0)" }, (0..<20_000).reversed().map { "\($0)" }),
  ]

  @Test(.timeLimit(.minutes(15)), arguments: badShapes.indices)
  func `ends soon on bad shapes`(_ shape: Int) {
    let (_, old, new) = Self.badShapes[shape]
    let difference = LineDifference(
      from: old.joined(separator: "\n"), to: new.joined(separator: "\n"))
    #expect(rebuilt(difference) == new)
    #expect(difference.text(maximumLines: 201).utf8.count < 100_000)
  }

  @Test func `finds the lines in common among many that are all alike`() {
    let (_, old, new) = Self.badShapes[1]
    let difference = LineDifference(
      from: old.joined(separator: "\n"), to: new.joined(separator: "\n"))
    #expect(difference.changes.reduce(0) { $0 + $1.new.count } == 2)
  }

  @Test func `gives up parts that have nothing in common, and says so`() {
    let (_, old, new) = Self.badShapes[0]
    let difference = LineDifference(
      from: old.joined(separator: "\n"), to: new.joined(separator: "\n"))
    #expect(difference.changes == [.init(old: 0..<20_000, new: 0..<20_000)])
    #expect(
      difference.text(maximumLines: 3).hasPrefix(
        """
        note      parts of the two have so little in common that they are shown as replaced
        line 1 of the golden file:
          - a0
        """))
  }

  @Test func `cuts long lines around what changed in them`() {
    let head = String(repeating: "é", count: 500)
    let tail = String(repeating: "-", count: 300)
    let difference = LineDifference(from: head + "1" + tail, to: head + "22" + tail)
    let shownHead = "(940 bytes) …" + String(repeating: "é", count: 30)
    let shownTail = String(repeating: "-", count: 120) + "… (+180 bytes)"
    #expect(
      difference.description == """
        line 1 of the golden file:
          - \(shownHead)1\(shownTail)
            \(String(repeating: " ", count: 43))^
          + \(shownHead)22\(shownTail)
            \(String(repeating: " ", count: 43))^^
        """)
    #expect(difference.text(cutsLines: false).contains("- \(head)1\(tail)"))
  }

  /// The new text, made of the old one and the changes.
  private func rebuilt(_ difference: LineDifference) -> [String] {
    func lines(_ text: ByteLines, _ range: Range<Int>) -> [String] {
      range.map { String(decoding: text[$0], as: UTF8.self) }
    }
    var result: [String] = []
    var done = 0
    for change in difference.changes {
      result += lines(difference.old, done..<change.old.lowerBound)
      result += lines(difference.new, change.new)
      done = change.old.upperBound
    }
    return result + lines(difference.old, done..<difference.old.count)
  }

  private func longestCommonSubsequence(_ old: [Int32], _ new: [Int32]) -> Int {
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
