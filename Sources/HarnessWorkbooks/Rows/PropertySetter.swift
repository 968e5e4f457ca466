#if canImport(FoundationEssentials)
  import struct FoundationEssentials.Decimal
#else
  import struct Foundation.Decimal
#endif

/// Sets a property of a value: at its place in the value where it is stored there, else by its key path,
/// which takes several times as long.
struct PropertySetter<Value, Property>: Sendable {
  private let property: any WritableKeyPath<Value, Property> & Sendable
  private let offset: Int?

  init(_ property: any WritableKeyPath<Value, Property> & Sendable) {
    self.property = property
    offset = MemoryLayout<Value>.offset(of: property)
  }

  func callAsFunction(_ converted: Property, in value: inout Value) {
    guard let offset else {
      value[keyPath: property] = converted
      return
    }
    // Safe: the offset is that of a stored property of this type, by the contract of `offset(of:)`.
    unsafe withUnsafeMutablePointer(to: &value) { pointer in
      let place = unsafe UnsafeMutableRawPointer(pointer) + offset
      unsafe place.assumingMemoryBound(to: Property.self).pointee = converted
    }
  }
}

extension PropertySetter {
  /// Sets the property where the cell is just what it wants; nil for a type that is not usual, and for a
  /// property that is not stored.
  ///
  /// A form for each type: a generic one would look the type up for every cell.
  var plain: (@Sendable (CellSource, inout Value) -> Bool)? {
    guard let offset else { return nil }
    if Property.self == Double.self { return Self.plain(offset) { $0.plainDouble } }
    if Property.self == Int.self { return Self.plain(offset) { $0.plainInt } }
    if Property.self == String.self { return Self.plain(offset) { $0.plainText } }
    if Property.self == Decimal.self { return Self.plain(offset) { $0.plainDecimal } }
    if Property.self == SheetDate.self { return Self.plain(offset) { $0.plainDate } }
    return nil
  }

  @inline(__always)
  private static func plain<Stored>(
    _ offset: Int, _ read: @escaping @Sendable (CellSource) -> Stored?
  ) -> @Sendable (CellSource, inout Value) -> Bool {
    { source, value in
      guard let converted = read(source) else { return false }
      // Safe: as above; the caller has checked that the property is of this type.
      unsafe withUnsafeMutablePointer(to: &value) { pointer in
        let place = unsafe UnsafeMutableRawPointer(pointer) + offset
        unsafe place.assumingMemoryBound(to: Stored.self).pointee = converted
      }
      return true
    }
  }
}
