/// What to write into a cell: a value, with a number format and a formula where wanted.
///
/// Literals stand for their values: `["Code", 4.56, 312, true]` is four contents.
public struct CellContent: Sendable, Hashable {
  /// The value; of a formula the one that it gave when it was last reckoned.
  public var value: CellValue
  /// The code of the number format, such as `0.000`; nil for the usual one of the value.
  ///
  /// It decides what a reader takes a number for: a date under `0` is read back as a number.
  public var format: String?
  /// The formula, without `=`.
  public var formula: String?

  /// Content by its parts.
  public init(_ value: CellValue, format: String? = nil, formula: String? = nil) {
    self.value = value
    self.format = format
    self.formula = formula
  }

  /// Nothing.
  public static let empty = CellContent(.empty)

  /// A text.
  public static func text(_ text: String) -> CellContent { CellContent(.text(text)) }

  /// A number under a format.
  public static func number(_ number: Double, format: String? = nil) -> CellContent {
    CellContent(.number(number), format: format)
  }

  /// A day under a format, `yyyy-mm-dd` when none is given.
  public static func date(_ date: SheetDate, format: String? = nil) -> CellContent {
    CellContent(.date(SheetDateTime(date)), format: format)
  }

  /// A formula with the value it gave when it was last reckoned.
  ///
  /// Readers that reckon nothing show this value, so it must be the right one. The formula is without `=`, as files have
  /// it; one at its beginning is left out.
  public static func formula(
    _ formula: String, value: CellValue, format: String? = nil
  ) -> CellContent {
    CellContent(
      value, format: format,
      formula: formula.utf8.first == UInt8(ascii: "=")
        ? String(formula.unicodeScalars.dropFirst()) : formula)
  }

  /// The format to write: the one given, or that of a value that would be a bare number without.
  var writtenFormat: String? {
    if let format { return format }
    return switch value {
    case .date(let point): point.time == .midnight ? "yyyy-mm-dd" : "yyyy-mm-dd hh:mm:ss"
    case .time: "hh:mm:ss"
    case .duration: "[h]:mm:ss"
    case .empty, .number, .text, .boolean, .error: nil
    }
  }
}

extension CellContent: ExpressibleByStringInterpolation {
  /// A text.
  public init(stringLiteral text: String) { self.init(.text(text)) }
}

extension CellContent: ExpressibleByIntegerLiteral {
  /// A whole number.
  public init(integerLiteral number: Int) { self.init(.number(Double(number))) }
}

extension CellContent: ExpressibleByFloatLiteral {
  /// A number.
  public init(floatLiteral number: Double) { self.init(.number(number)) }
}

extension CellContent: ExpressibleByBooleanLiteral {
  /// True or false.
  public init(booleanLiteral boolean: Bool) { self.init(.boolean(boolean)) }
}
