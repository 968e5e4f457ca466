#if canImport(FoundationEssentials)
  public import struct FoundationEssentials.Decimal
#else
  public import struct Foundation.Decimal
#endif

/// A type that a cell is read as, by ``Columns`` and by `Decodable`.
///
/// The types of text, truth, numbers, days and times are; others conform with a rule of their own, and an
/// enum whose raw values are of such a type needs none:
///
/// ```swift
/// enum Board: String, CellReadable { case regular, second }
/// ```
public protocol CellReadable: Sendable {
  /// The value that a cell holds; nil when it is none of this type.
  static func value(of cell: Cell) -> Self?
}

extension CellReadable {
  /// The value by the rules of `Sheet.decode(_:header:role:)`; nil for a type that they do not know.
  public static func value(of cell: Cell) -> Self? {
    if case .value(let value) = CellConversion.convert(cell, to: Self.self) { value } else { nil }
  }
}

extension CellReadable where Self: RawRepresentable, RawValue: CellReadable {
  /// The value with the raw value that the cell holds.
  public static func value(of cell: Cell) -> Self? {
    RawValue.value(of: cell).flatMap { Self(rawValue: $0) }
  }
}

extension String: CellReadable {}
extension Bool: CellReadable {}
extension Double: CellReadable {}
extension Float: CellReadable {}
extension Decimal: CellReadable {}
extension Int: CellReadable {}
extension Int8: CellReadable {}
extension Int16: CellReadable {}
extension Int32: CellReadable {}
extension Int64: CellReadable {}
extension UInt: CellReadable {}
extension UInt8: CellReadable {}
extension UInt16: CellReadable {}
extension UInt32: CellReadable {}
extension UInt64: CellReadable {}
extension SheetDate: CellReadable {}
extension SheetDateTime: CellReadable {}
extension SheetTime: CellReadable {}
extension Duration: CellReadable {}
