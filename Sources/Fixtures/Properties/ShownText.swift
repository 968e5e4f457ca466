/// A text as a message shows it, and not longer than is read.
struct ShownText {
  /// What the message shows.
  let excerpt: String
  /// The whole text, where the message shows a part of it; what is too long for a file is cut.
  let whole: String?

  static let longestValue = 300
  static let longestError = 2000
  static let longestFile = 8 << 20

  /// A value, on one line.
  init(value: String) {
    let line = value.split(whereSeparator: \.isNewline).joined(separator: " ")
    self.init(line, whole: value, longest: Self.longestValue)
  }

  /// An error, with the lines that it has.
  init(error: String) {
    self.init(error, whole: error, longest: Self.longestError)
  }

  private init(_ text: String, whole: String, longest: Int) {
    let (excerpt, rest) = Self.cut(text, longest)
    self.excerpt = rest > 0 ? "\(excerpt)… (+\(rest) characters)" : text
    guard rest > 0 else {
      self.whole = nil
      return
    }
    let (kept, lost) = Self.cut(whole, Self.longestFile)
    self.whole = lost > 0 ? "\(kept)\n… (+\(lost) characters)\n" : "\(whole)\n"
  }

  private static func cut(_ text: String, _ longest: Int) -> (Substring, rest: Int) {
    let kept = text.prefix(longest)
    return (kept, text[kept.endIndex...].count)
  }
}
