/// Which columns of a table become which properties of a value: the fast form of reading rows.
///
/// ```swift
/// struct Price { var code = ""; var close = Decimal(); var trades: Int? }
///
/// let columns = Columns(Price()) {
///   $0.column("Code", \.code)
///   $0.column("Closing Price", \.close)
///   $0.column("Trades", \.trades)
/// }
/// let prices = try sheet.decode(columns, header: .search(["Code", "Closing Price"]))
/// ```
///
/// Cells are read by the rules of `Sheet.decode(_:header:role:)`. A column of an optional property may be
/// missing from the header.
public struct Columns<Value: Sendable>: Sendable {
  /// Collects the columns of a table.
  public struct Builder: Sendable {
    fileprivate var columns: [ColumnBinding] = []

    /// The column of a name gives the property its value; a blank cell is an error.
    public mutating func column<Property: CellReadable>(
      _ name: String, _ property: any WritableKeyPath<Value, Property> & Sendable
    ) {
      let setter = PropertySetter(property)
      let general: ColumnBinding.Set = { source, problem, value in
        guard let converted: Property = read(source, problem) else { return false }
        setter(converted, in: value)
        return true
      }
      guard let plain = setter.plain else {
        columns.append(ColumnBinding(name: name, isRequired: true, set: general))
        return
      }
      // Apart from the general form, which looks types up before it begins.
      columns.append(
        ColumnBinding(name: name, isRequired: true) { source, problem, value in
          plain(source, value) || general(source, problem, value)
        })
    }

    /// The column of a name gives the property its value, nil where the cell is blank or the column is
    /// missing.
    public mutating func column<Property: CellReadable>(
      _ name: String, _ property: any WritableKeyPath<Value, Property?> & Sendable
    ) {
      let setter = PropertySetter(property)
      columns.append(
        ColumnBinding(name: name, isRequired: false) { source, problem, value in
          if source.isBlank {
            setter(nil, in: value)
            return true
          }
          guard let converted: Property = read(source, problem) else { return false }
          setter(converted, in: value)
          return true
        })
    }

    /// The column of a name gives the property what `convert` makes of its cell; nil is an error.
    public mutating func column<Property>(
      _ name: String, _ property: any WritableKeyPath<Value, Property> & Sendable,
      _ convert: @escaping @Sendable (Cell) -> Property?
    ) {
      let setter = PropertySetter(property)
      columns.append(
        ColumnBinding(name: name, isRequired: true) { source, problem, value in
          guard let converted = convert(source.cell) else {
            problem("\(Property.self)", nil)
            return false
          }
          setter(converted, in: value)
          return true
        })
    }
  }

  private let start: Value
  private let bindings: ColumnBindings

  /// Columns for values that begin as `start`.
  public init(_ start: Value, _ build: (inout Builder) -> Void) {
    self.start = start
    var builder = Builder()
    build(&builder)
    bindings = ColumnBindings(list: builder.columns)
  }

  /// The names of the columns.
  public var names: [String] { bindings.list.map(\.name) }
}

/// The value of a cell; nil, with the reason told, when it is none of the type.
private func read<Value: CellReadable>(
  _ source: CellSource, _ problem: (_ wanted: String, _ hint: String?) -> Void
) -> Value? {
  switch CellConversion.convert(source, to: Value.self) {
  case .value(let value): return value
  case .mismatch(let hint): problem("\(Value.self)", hint)
  case .unknownType:
    if let value = Value.value(of: source.cell) { return value }
    problem("\(Value.self)", nil)
  }
  return nil
}

extension Columns {
  /// Makes a value of a row; nil, with the reasons told to the problems, when something is wrong with it.
  func decode(_ row: TableRow, _ problems: RowProblems) -> Value? {
    var value = start
    // Safe: the setters are those of this type, and none keeps the address.
    let isSound = unsafe withUnsafeMutablePointer(to: &value) {
      unsafe bindings.decode(row, problems, into: ValueAddress(UnsafeMutableRawPointer($0)))
    }
    return isSound ? value : nil
  }
}

extension Sheet {
  /// Reads the rows below a header as values, by their columns.
  ///
  /// - Throws: A ``WorkbookError``, as ``decode(_:header:role:)-(Value.Type,_,_)`` does.
  public func decode<Value>(
    _ columns: Columns<Value>, header: HeaderSearch = .firstRow,
    role: (TableRow) -> RowRole = { _ in .data }
  ) throws(WorkbookError) -> DecodedRows<Value> {
    try read(TableAssembly(header, merges: sweep(header)), from: rows, role: role) {
      columns.decode($0, $1)
    }
  }
}

extension Workbook {
  /// Reads the rows below a header of a sheet as values, by their columns, without the sheet in memory.
  ///
  /// - Throws: A ``WorkbookError``, as `Sheet.decode(_:header:role:)` does.
  public func decode<Value>(
    _ columns: Columns<Value>, of sheet: String, header: HeaderSearch = .firstRow,
    role: (TableRow) -> RowRole = { _ in .data }
  ) throws(WorkbookError) -> DecodedRows<Value> {
    try read(TableAssembly(header), of: sheet, role: role) { columns.decode($0, $1) }
  }

  /// Reads the rows below a header of a sheet as values of a type, without the sheet in memory.
  ///
  /// - Throws: A ``WorkbookError``, as `Sheet.decode(_:header:role:)` does.
  public func decode<Value: Decodable>(
    _ type: Value.Type, of sheet: String, header: HeaderSearch = .firstRow,
    role: (TableRow) -> RowRole = { _ in .data }
  ) throws(WorkbookError) -> DecodedRows<Value> {
    try read(TableAssembly(header), of: sheet, role: role) { $1.decode(type, from: $0) }
  }

  private func read<Value>(
    _ table: TableAssembly<Value>, of sheet: String, role: (TableRow) -> RowRole,
    decode: (TableRow, RowProblems) -> Value?
  ) throws(WorkbookError) -> DecodedRows<Value> {
    let info = try info(sheet)
    return try located(info) { () throws(WorkbookError) in
      var table = table
      var reader = try RowReader(info, of: self, batchCells: Self.batchCells)
      while let row = try reader.next() {
        if try !table.take(row, role: role, decode: decode) { break }
      }
      return try table.finish()
    }
  }
}
