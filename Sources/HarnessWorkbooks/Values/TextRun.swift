/// A piece of a rich text that is written in one style.
public struct TextRun: Sendable, Hashable {
  /// The text of the piece.
  public let text: String
  /// How it is written.
  public let style: Style

  /// What sets a piece of a text off from the rest.
  ///
  /// Fonts, sizes and colours are not read.
  ///
  /// Source: ECMA-376, part 1, section 18.4.7 (`rPr`).
  public struct Style: OptionSet, Sendable, Hashable {
    /// The bits of the set.
    public let rawValue: UInt8

    /// A set by its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// In bold type.
    public static let bold = Style(rawValue: 1)
    /// In italics.
    public static let italic = Style(rawValue: 2)
    /// With a line below, or two.
    public static let underlined = Style(rawValue: 4)
    /// With a line through it.
    public static let struck = Style(rawValue: 8)
  }

  /// A piece by its parts.
  public init(_ text: String, _ style: Style = []) {
    self.text = text
    self.style = style
  }
}
