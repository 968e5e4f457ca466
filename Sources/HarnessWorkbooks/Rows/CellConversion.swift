#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Which value of a type a cell is, by rules that lose nothing in silence.
enum CellConversion {
  enum Outcome<Value> {
    case value(Value)
    /// The cell is no such value; the hint says more where there is more to say.
    case mismatch(hint: String?)
    /// The type is none that a cell is read as directly.
    case unknownType
  }

  /// Reads a cell whose type is not known when this is compiled.
  static func convert<T>(_ source: CellSource, to type: T.Type) -> Outcome<T> {
    plain(source, as: type).map { .value($0) } ?? convert(source.cell, to: type)
  }

  /// A value that needs none of the rules; nil says nothing of the cell.
  static func plain<T>(_ source: CellSource, as type: T.Type) -> T? {
    // The types are the same, which a cast would look up for each cell.
    if type == SheetDate.self {
      return source.plainDate.map { unsafe unsafeBitCast($0, to: T.self) }
    }
    if type == Decimal.self {
      return source.plainDecimal.map { unsafe unsafeBitCast($0, to: T.self) }
    }
    return nil
  }

  static func convert<T>(_ cell: Cell, to type: T.Type) -> Outcome<T> {
    func outcome<Value>(_ value: Value?) -> Outcome<T> {
      (value as? T).map { .value($0) } ?? .mismatch(hint: hint(cell))
    }
    if let integer = type as? any FixedWidthInteger.Type {
      return outcome(wholeNumber(cell, integer))
    }
    switch type {
    case is String.Type: return outcome(text(cell))
    case is Bool.Type: return outcome(boolean(cell))
    case is Decimal.Type: return outcome(decimal(cell))
    case is Double.Type: return outcome(floatingPoint(cell, Double.self))
    case is Float.Type: return outcome(floatingPoint(cell, Float.self))
    case is SheetDate.Type:
      return date(cell).map { outcome($0) } ?? .mismatch(hint: timeHint(cell) ?? hint(cell))
    case is SheetDateTime.Type: return outcome(point(cell))
    case is SheetTime.Type: return outcome(time(cell))
    case is Duration.Type: return outcome(duration(cell))
    // Its own `Decodable` would take the number of a cell for seconds since 2001.
    case is Date.Type: return .mismatch(hint: momentHint)
    default: return .unknownType
    }
  }

  private static let momentHint =
    "a Date is a moment, and a cell has no time zone: take SheetDate or SheetDateTime"

  /// The day of a cell without a time, which would be lost.
  private static func date(_ cell: Cell) -> SheetDate? {
    if case .date(let point) = cell.value { return point.time == .midnight ? point.date : nil }
    return cell.text.flatMap { SheetDate(trimmed($0)) }
  }

  private static func timeHint(_ cell: Cell) -> String? {
    guard let point = point(cell), point.time != .midnight else { return nil }
    return "it has a time: take SheetDateTime"
  }

  private static func point(_ cell: Cell) -> SheetDateTime? {
    if case .date(let point) = cell.value { return point }
    return cell.text.flatMap { SheetDateTime(trimmed($0)) }
  }

  private static func time(_ cell: Cell) -> SheetTime? {
    if case .time(let time) = cell.value { return time }
    return cell.text.flatMap { SheetTime(trimmed($0)) }
  }

  private static func duration(_ cell: Cell) -> Duration? {
    if case .duration(let duration) = cell.value { duration } else { nil }
  }

  /// A value to go on with where a cell is bad; nil for a type that is not known here.
  static func standIn<T>(for type: T.Type) -> T? {
    if let integer = type as? any FixedWidthInteger.Type { return integer.init() as? T }
    return switch type {
    case is String.Type: "" as? T
    case is Bool.Type: false as? T
    case is Decimal.Type: Decimal() as? T
    case is Double.Type: Double() as? T
    case is Float.Type: Float() as? T
    case is SheetDate.Type: SheetDate(year: 1900, month: 1, day: 1) as? T
    case is Duration.Type: Duration.zero as? T
    case is Date.Type: Date(timeIntervalSince1970: 0) as? T
    default: nil
    }
  }

  // Source: the documentation of Foundation's `Decimal`, which drops the digits after these in silence.
  private static let decimalDigits = 38

  /// What may have been the reason that a cell is no such value.
  private static func hint(_ cell: Cell) -> String? {
    if cell.value == .empty, let formula = cell.expandedFormula {
      return "its formula, \(shown("=" + formula)), has no value in the file: "
        + "a program that reckons writes one when it saves"
    }
    if cell.isBlank { return WorkbookError.BadCell.blankHint }
    if let digits = digits(cell), significantDigits(digits) > decimalDigits {
      return "it has more than \(decimalDigits) digits"
    }
    guard let text = cell.text, text.contains(","), isNumber(text.utf8.filter { $0 != 0x2C }) else {
      return nil
    }
    return "its commas do not part thousands"
  }
}

extension CellConversion {
  /// The text of a cell: of a number its shortest digits, of a date its ISO form.
  private static func text(_ cell: Cell) -> String? {
    switch cell.value {
    case .text(let text): cell.isBlank ? nil : trimmed(text)
    case .number(let number): shortest(number)
    case .date(let point): point.time == .midnight ? "\(point.date)" : "\(point)"
    case .time(let time): "\(time)"
    case .boolean(let boolean): boolean ? "TRUE" : "FALSE"
    case .empty, .error, .duration: nil
    }
  }

  private static func boolean(_ cell: Cell) -> Bool? {
    switch cell.value {
    case .boolean(let boolean): boolean
    case .text(let text):
      switch matchable(text) {
      case "true", "1": true
      case "false", "0": false
      default: nil
      }
    case .number(let number): number == 1 ? true : number == 0 ? false : nil
    case .empty, .error, .date, .time, .duration: nil
    }
  }

  /// The digits of a number, or of a text that is one, without thousands separators.
  private static func digits(_ cell: Cell) -> String? {
    switch cell.value {
    case .number: cell.rawText
    case .text(let text): plainDigits(trimmed(text))
    case .empty, .boolean, .error, .date, .time, .duration: nil
    }
  }

  /// The number nearest to the digits; nil for one too large for the type.
  private static func floatingPoint<Value: BinaryFloatingPoint & LosslessStringConvertible>(
    _ cell: Cell, _ type: Value.Type
  ) -> Value? {
    digits(cell).flatMap { Value($0) }.flatMap { $0.isFinite ? $0 : nil }
  }

  private static func wholeNumber<Value: FixedWidthInteger>(
    _ cell: Cell, _ type: Value.Type
  ) -> Value? {
    guard let digits = digits(cell) else { return nil }
    // Digits alone keep all 64 bits; 12.0 and 1.2E3 are whole numbers as well.
    return Value(digits) ?? decimal(cell).flatMap { Value("\($0)") }
  }

  /// The decimal number that the digits say, of a number cell with the 15 digits that Excel keeps.
  private static func decimal(_ cell: Cell) -> Decimal? {
    guard let digits = digits(cell) else { return nil }
    guard case .number = cell.value else {
      return significantDigits(digits) <= decimalDigits ? Decimal(string: digits) : nil
    }
    return Decimal(string: roundedDigits(digits, to: 15))
  }
}
