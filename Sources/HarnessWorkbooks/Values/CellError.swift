/// An error that a cell holds in place of a value, such as `#DIV/0!`.
///
/// Excel's list keeps growing, so any code that a file writes is kept.
public struct CellError: Sendable, Hashable {
  /// The error as it is written in the cell, with its `#`.
  public let code: String

  /// An error by its code.
  public init(_ code: String) { self.code = code }

  /// A division by zero.
  public static let divisionByZero = CellError("#DIV/0!")
  /// No value is available.
  public static let notAvailable = CellError("#N/A")
  /// A name is unknown.
  public static let unknownName = CellError("#NAME?")
  /// Two ranges do not meet.
  public static let emptyIntersection = CellError("#NULL!")
  /// A number is out of range.
  public static let badNumber = CellError("#NUM!")
  /// A reference leads nowhere.
  public static let badReference = CellError("#REF!")
  /// A value has the wrong type.
  public static let badValue = CellError("#VALUE!")
}

extension CellError: CustomStringConvertible {
  /// The code.
  public var description: String { code }
}
