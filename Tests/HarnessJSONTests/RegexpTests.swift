import HarnessJSON
import Testing

@Suite struct `An I-Regexp` {
  @Test(arguments: [
    ("a", "a", true), ("a", "b", false), ("", "", true), ("", "a", false), ("ab|cd", "cd", true),
    ("a*b+c?", "bb", true), ("a{2}", "aa", true), ("a{2}", "aaa", false), ("a{2,}", "aaaa", true),
    ("a{1,3}", "aaaa", false), ("a{0}", "", true), ("(ab){2}", "abab", true),
    ("[a-c]x", "bx", true),
    ("[^a-c]", "b", false), ("[^a-c]", "é", true), ("[-a]", "-", true), ("[a-]", "-", true),
    (".", "\n", false), (".", "\r", false), (".", "😀", true), (#"\p{Lu}\p{L}*"#, "Émile", true),
    (#"\P{Nd}"#, "7", false), (#"[\p{Nd}_]+"#, "1_٣", true), (#"\."#, "x", false),
    (#"\n\t\r"#, "\n\t\r", true),
    ("(a|b)*c", "ababc", true), ("()*", "", true), ("(a*)*b", "aab", true), ("^ab$", "ab", true),
    (#"\^"#, "^", true), ("[$^]", "$", true), ("a||b", "", true), ("\u{E9}", "e\u{301}", false),
    (#"\p{Zs}"#, "\u{A0}", true), (#"\p{Cn}"#, "\u{378}", true), (#"\p{S}"#, "+", true),
  ])
  func `matches whole texts`(_ pattern: String, _ text: String, _ matches: Bool) throws {
    #expect(try IRegexp(pattern).matches(text) == matches)
  }

  @Test(arguments: [
    ("b+", "abbc", true), ("^b", "ab", false), ("b$", "ab", true), ("b$", "ba", false),
    ("", "x", true),
    ("x", "", false), ("[0-9]{4}", "in 2025", true), ("a.c", "xxabcxx", true),
  ])
  func `is found in texts`(_ pattern: String, _ text: String, _ isFound: Bool) throws {
    #expect(try IRegexp(pattern).isFound(in: text) == isFound)
  }

  @Test(arguments: [
    ("a{", "at 2, expected a digit"), ("a{2", #"at 3, expected "}""#),
    ("(a", #"at 2, expected ")""#),
    ("a)", "at 1, expected the end of the pattern"), ("*a", #"at 0, "*" must be escaped here"#),
    ("[", "at 1, expected a character of the class"),
    ("[b-a]", "at 4, the range ends before it begins"),
    ("[a-b-c]", #"at 5, "-" must be escaped here"#),
    (#"\d"#, #"at 1, "\d" is no escape: write [0-9]"#),
    (#"[\w]"#, #"at 2, "\w" is no escape: write [0-9A-Za-z_]"#),
    (#"\b"#, #"at 1, "\b" is no escape"#),
    (#"\p{Xx}"#, #"at 5, "Xx" is no general category"#), (#"\p{L"#, #"at 4, expected "}""#),
    ("a{3,2}", "at 5, the upper bound is below the lower one"),
    ("\\", "at 1, expected a character after the backslash"),
    ("a{99999}", "at 6, a repetition of more than 10000 times"),
    ("(a{200}){200}", "at 13, the pattern needs more than 10000 steps"),
    ("((){9999}){9999}", "at 16, the pattern needs more than 10000 steps"),
  ])
  func `is refused when it breaks the grammar`(_ pattern: String, _ reason: String) {
    let error = #expect(throws: IRegexpError.self) { try IRegexp(pattern) }
    #expect(
      error?.description
        == "\(JSONValue.string(pattern).compactText) is no I-Regexp: \(reason) (RFC 9485)")
  }

  @Test func `is refused when groups are nested too deep`() {
    let pattern = String(repeating: "(", count: 200) + String(repeating: ")", count: 200)
    #expect(throws: IRegexpError.self) { try IRegexp(pattern) }
  }

  // A matcher that tries again takes 2^30 steps for the first of these.
  @Test(.timeLimit(.minutes(15)), arguments: ["(a+)+b", "(a|aa)+b", "(a*)*b", "a?{30}a{30}b"])
  func `takes time in proportion to the text`(_ pattern: String) throws {
    let pattern = pattern.replacing("a?{30}", with: String(repeating: "a?", count: 30))
    let text = String(repeating: "a", count: 5_000)
    #expect(try !IRegexp(pattern).matches(text))
    #expect(try IRegexp(pattern).matches(text + "b") || pattern.hasPrefix("a?"))
  }
}
