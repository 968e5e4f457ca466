/// An interoperable regular expression, matched in time that grows with pattern and text and no faster.
///
/// The small common part of what regular expressions are elsewhere: characters, `.`, classes, `\p{Lu}`,
/// groups, `|`, and quantifiers. There are no captures or references back. An automaton is run over the
/// text, without trying again, so that a pattern such as `(a+)+` cannot hang a test.
///
/// Outside brackets `^` and `$` stand for the beginning and the end of the text. The grammar counts them
/// as ordinary characters, but the mappings of section 5 leave them to engines that do not, and the
/// compliance tests of JSONPath expect it so.
///
/// Source: RFC 9485.
public struct IRegexp: Sendable {
  /// The pattern as it was written.
  public let pattern: String

  private let program: IRegexpProgram

  /// Reads a pattern.
  ///
  /// - Throws: what breaks the grammar, and where; also a pattern whose counted repetitions make an
  ///   automaton of more than 10,000 steps.
  public init(_ pattern: String) throws(IRegexpError) {
    self.pattern = pattern
    var parser = IRegexpParser(pattern)
    program = try IRegexpProgram(of: parser.parse(), pattern: pattern)
  }

  /// Whether the whole text matches.
  public func matches(_ text: String) -> Bool {
    var matcher = IRegexpMatcher(program)
    return matcher.run(text, isAnchored: true)
  }

  /// Whether some part of the text matches.
  public func isFound(in text: String) -> Bool {
    var matcher = IRegexpMatcher(program)
    return matcher.run(text, isAnchored: false)
  }

  /// How much work a match of a text can be, in steps.
  func cost(of text: String) -> Int {
    (text.utf8.count + 1).multipliedReportingOverflow(by: program.steps.count).partialValue
  }
}

/// Why a text is no I-Regexp.
public struct IRegexpError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The pattern.
  public let pattern: String
  /// The offset of the offending scalar, counted from 0 in Unicode scalars.
  public let offset: Int
  /// What was expected.
  public let reason: String

  /// For example `"a{" is no I-Regexp: at 2, expected a digit (RFC 9485)`.
  public var description: String {
    "\(JSONValue.string(pattern).excerpt(limit: 240)) is no I-Regexp: at \(offset), \(reason)"
      + " (RFC 9485)"
  }
}
