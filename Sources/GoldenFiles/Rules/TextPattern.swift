import HarnessJSON

/// A regular expression for whole texts.
///
/// It is an I-Regexp, whose time grows with the text and no faster: the text comes from the service.
struct TextPattern {
  private let expression: IRegexp

  init(_ pattern: String) throws(IRegexpError) {
    expression = try IRegexp(pattern)
  }

  func matchesWhole(_ text: String) -> Bool {
    expression.matches(text)
  }
}
