import Testing

@testable import HarnessLint

/// What the lexer makes of a source: strings as `"`, regex literals as `/`, numbers as `0`, comments as
/// `//`, directives as they are, everything else by its text.
private func tokens(_ source: String) throws -> [String] {
  var lexer = Lexer(Array(source.utf8))
  var shown: [String] = []
  while case let token = try lexer.next(), token.kind != .end {
    switch token.kind {
    case .string: shown.append("\"")
    case .regex: shown.append("/…/")
    case .number: shown.append("0")
    case .comment: shown.append("//")
    case .mark: shown.append(String(Unicode.Scalar(token.byte)))
    case .name, .symbol, .directive, .end:
      shown.append(String(decoding: lexer.bytes[token.text], as: UTF8.self))
    }
  }
  return shown
}

@Suite struct `Tokens of a source` {
  struct Case: Sendable, CustomTestStringConvertible {
    let source: String
    let tokens: String
    init(_ source: String, _ tokens: String) {
      self.source = source
      self.tokens = tokens
    }
    var testDescription: String { source }
  }

  @Test(arguments: [
    Case("a.b(c)", "a . b ( c )"),
    Case("0..<sleep", "0 ..< sleep"),
    Case("x.0.1.y", "x . 0 . y"),
    Case("0x1F.8p3 1_000.5e-3", "0 0 - 0"),
    Case("`a name with sleep(1)` x", "a name with sleep(1) x"),
    Case("`unended\nx", "` unended x"),
    Case("a≤b ∑x é", "a ≤ b ∑ x é"),
    Case("$0 #if DEBUG #expect(x) @Test", "$0 #if DEBUG #expect ( x ) @ Test"),
    Case("#!/usr/bin/swift sleep(1)\nx", "x"),
    Case("\u{FEFF}x", "x"),
  ])
  func `are names, numbers and marks`(case: Case) throws {
    #expect(try tokens(`case`.source).joined(separator: " ") == `case`.tokens)
  }

  @Test(arguments: [
    Case(#"a // sleep(1)"#, "a //"),
    Case("/* a /* b */ c */ d", "// d"),
    Case("/* a // b */ c", "// c"),
    Case("// a /* b\nc", "// c"),
    Case("/**/a/***/b", "// a // b"),
    Case("/* unended", "//"),
    Case("a/*/**/b", "a //"),
  ])
  func `leave comments apart`(case: Case) throws {
    #expect(try tokens(`case`.source).joined(separator: " ") == `case`.tokens)
  }

  /// Source: The Swift Programming Language, "String Literals"; SE-0168, SE-0200.
  @Test(arguments: [
    Case(#""a" b"#, #"" b"#),
    Case(#""a \" b" c"#, #"" c"#),
    Case(#""\\" c"#, #"" c"#),
    Case(#""a \(b("c \(d)")) e" f"#, #"" ( b ( " ( d ) " ) ) " f"#),
    Case(##"#"a \(b) " \"# c"##, ##"" c"##),
    Case(##"#"a \#(b) c"# d"##, ##"" ( b ) " d"##),
    Case(###"##"a "# \#(b) \##(c)"## d"###, ###"" ( c ) " d"###),
    Case("\"\"\"\n a \"b\" \"\" \\\"\"\" \\(c)\n\"\"\" d", #"" ( c ) " d"#),
    Case("#\"\"\"\n \"\"\" \\(x) \\#(y)\n\"\"\"# d", #"" ( y ) " d"#),
    Case(##"#"""# a"##, ##"" a"##),
    Case(##"#"" b ""# a"##, ##"" a"##),
    Case("\"unended\nnext", #"" next"#),
    Case("\"a \\\nnext", #"" next"#),
    Case("\"\"\"\nunended", "\""),
    Case(#""\(a"#, #"" ( a"#),
    Case(#""" a"#, #"" a"#),
    Case("\"\\(a\n)\" b", #"" ( a ) " b"#),
    Case(#""// \(a /* " */)" b"#, #"" ( a // ) " b"#),
  ])
  func `are strings and the code inside them`(case: Case) throws {
    #expect(try tokens(`case`.source).joined(separator: " ") == `case`.tokens)
  }

  /// Source: SE-0354, "Regex Literals".
  @Test(arguments: [
    Case(#"let r = /a"b/"#, "let r = /…/"),
    Case(#"a / b / c"#, "a / b / c"),
    Case(#"(a/b, c/d)"#, "( a / b , c / d )"),
    Case(#"f(/, /)"#, "f ( / , / )"),
    Case(#"f(/a, b/)"#, "f ( /…/ )"),
    Case(#"x.map(/a/) + (b/c)"#, "x . map ( /…/ ) + ( b / c )"),
    Case(#"!/a\/b/.x"#, "! /…/ . x"),
    Case(#"[/[(]/]"#, "[ /…/ ]"),
    Case(#" /a) b/"#, "/ a ) b /"),
    Case("= /a\n/ b", "= / a / b"),
    Case(##"#/a"/b/# c"##, "/…/ c"),
    Case(##"#/a\/#b/# c"##, "/…/ c"),
    Case(###"##/a/#b/## c"###, "/…/ c"),
    Case("#/\n a \"\n b # c\n/# d", "/…/ d"),
    Case("#/unended\nx", "/…/ x"),
  ])
  func `tell a regex literal from a division`(case: Case) throws {
    #expect(try tokens(`case`.source).joined(separator: " ") == `case`.tokens)
  }

  @Test func `know their places, in bytes, over every end of line`() throws {
    let source = "a\r\n é b\rc /*\n\n*/ d \"\"\"\n\n\"\"\" e"
    var lexer = Lexer(Array(source.utf8))
    var places: [String] = []
    while case let token = try lexer.next(), token.kind != .end {
      places.append("\(token.place.line):\(token.place.column)")
    }
    #expect(places == ["1:1", "2:2", "2:5", "3:1", "3:3", "5:4", "5:6", "7:5"])
  }
}
