import Testing

@testable import HarnessLint

/// Sources that nobody would write, and what is left of others when they are cut or changed.
@Suite struct `A hostile source` {
  /// A piece of everything that the lexer tells apart.
  static let corpus = [
    """
    #!/usr/bin/env swift
    import Foundation
    #if os(Linux)
    @Suite(.serialized) struct `A suite (of tests)` { /* a /* nested */ comment */
      let clock = ManualClock(), pattern = /a[/(]"b\\/c/
      @Test func `sleeps`() async throws {
        // harness:allow(sleep): a reason
        try await Task<Never, Never>.sleep(for: .seconds(1))
        while !done, let x = y ?? .sleep { await Task.yield() }
        try await withVirtualTime(seed: 7) { @Sendable [weak self] clock, other in clock.sleep(for: 1.5e-3) }
      }
    }
    #endif
    """,
    ##"""
    let a = "x \(y.map { "\($0) \n" }) z", b = #"raw \#(c("d")) " \(no)"#, e = #"""#
    let f = #/
      several "lines" /
    /#, g = #/one (line)/#
    let h = """
      \(sleep(1)) "quoted" \""" and \
      more
      """
    usleep(1) ; ≤é∑ `x y` $0 1...2 a / b / c // end
    """##,
  ].map { Array($0.utf8) }

  @Test(arguments: corpus)
  func `is read whatever it is cut to`(source: [UInt8]) throws {
    for length in 0...source.count {
      _ = try SourceLint.check(Array(source.prefix(length)))
      _ = try SourceLint.check(Array(source.suffix(length)))
    }
  }

  @Test(arguments: 0..<8)
  func `is read or refused whatever is changed`(seed: UInt64) throws {
    var bits = seed
    let pieces = Array("\"\\()/#*`'{}[]<>.,:;=?!&\n\r\0 $a0\u{E9}".utf8)
    for round in 0..<150 {
      var source = Self.corpus[round % Self.corpus.count]
      for _ in 0...Int(Self.next(&bits) % 12) {
        let place = Int(Self.next(&bits) % UInt64(source.count))
        let byte = pieces[Int(Self.next(&bits) % UInt64(pieces.count))]
        switch Self.next(&bits) % 4 {
        case 0: source[place] = byte
        case 1: source.insert(byte, at: place)
        case 2: source.insert(contentsOf: repeatElement(byte, count: 3), at: place)
        default: source.remove(at: place)
        }
      }
      _ = try SourceLint.check(source)
    }
  }

  @Test(arguments: 0..<4)
  func `may be any bytes`(seed: UInt64) throws {
    var bits = seed
    for _ in 0..<50 {
      let source = (0..<400).map { _ in UInt8(truncatingIfNeeded: Self.next(&bits)) }
      _ = try SourceLint.check(source)
    }
  }

  /// Each piece is repeated over 50,000 bytes on one line: what is searched ahead must be bounded.
  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      "\"", "\"\"\"", "#\"\"\"", "#", "`", "/", " /a", " /\\", "/*", "\\", "a.", "a?.", "sleep.",
      "Task.",
      "<", ">", "Task<", "let a:", "let a=ManualClock(b);", "a,", "func a(b:c){}", "for a ", "\\()",
      ")",
      "}", "]",
      "\u{E9}", "\u{2264}", "Task.sleep();", "a.sleep().", "// harness:allow(sleep): a\n",
      "if let a=b{}",
      "#\"\\\"", "case a(let b),",
    ])
  func `is read in linear time`(piece: String) throws {
    let source = Array((String(repeating: piece, count: 50_000 / piece.utf8.count) + " sleep").utf8)
    _ = try SourceLint.check(source)
  }

  @Test(arguments: [
    "(", "[", "{", "\"\\(", "{ a in ", "f(a: ", "withVirtualTime { ", "#\"\"\"\\#(",
  ])
  func `is refused where it is nested too deep`(piece: String) throws {
    let length = piece.utf8.count
    let deepest = Array(("sleep " + String(repeating: piece, count: Lexer.maximumDepth - 1)).utf8)
    #expect(throws: Never.self) { _ = try SourceLint.check(deepest) }
    let source = Array(("sleep " + String(repeating: piece, count: 10_000)).utf8)
    let error = #expect(throws: NestingError.self) { _ = try SourceLint.check(source) }
    #expect(error?.line == 1)
    #expect(((error?.column ?? 0) - 7) / length == Lexer.maximumDepth)
    #expect("\(try #require(error))" == "nested deeper than 512 levels")
  }

  @Test func `may close what it has not opened`() throws {
    let source = String(repeating: ")]}", count: 1_000) + " sleep(1)"
    #expect(try SourceLint.check(Array(source.utf8)).findings.count == 1)
  }

  private static func next(_ bits: inout UInt64) -> UInt64 {
    bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return bits >> 33
  }
}
