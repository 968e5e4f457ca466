#if canImport(FoundationEssentials)
  import struct FoundationEssentials.Decimal
#else
  import struct Foundation.Decimal
#endif

/// Sets a property of a value that is reached by its address: at its place in the value where it is stored
/// there, else by its key path, which takes several times as long.
///
/// By address, because what is generic over the value would look its type up for every cell.
struct PropertySetter<Value, Property>: Sendable {
  private let property: any WritableKeyPath<Value, Property> & Sendable
  private let offset: Int?

  init(_ property: any WritableKeyPath<Value, Property> & Sendable) {
    self.property = property
    offset = MemoryLayout<Value>.offset(of: property)
  }

  func callAsFunction(_ converted: Property, in value: ValueAddress) {
    guard let offset else {
      value.withValue(as: Value.self) { $0[keyPath: property] = converted }
      return
    }
    value.set(converted, at: offset)
  }
}

extension PropertySetter {
  /// Sets the property where the cell is just what it wants; nil for a type that is not usual, and for a
  /// property that is not stored.
  ///
  /// A form for each type: a generic one would look the type up for every cell.
  var plain: (@Sendable (CellSource, ValueAddress) -> Bool)? {
    guard let offset else { return nil }
    if Property.self == Double.self {
      return { source, value in
        guard let number = source.plainDouble else { return false }
        value.set(number, at: offset)
        return true
      }
    }
    if Property.self == Int.self {
      return { source, value in
        guard let number = source.plainInt else { return false }
        value.set(number, at: offset)
        return true
      }
    }
    if Property.self == String.self {
      return { source, value in
        guard let text = source.plainText else { return false }
        value.set(text, at: offset)
        return true
      }
    }
    if Property.self == Decimal.self {
      return { source, value in
        guard let number = source.plainDecimal else { return false }
        value.set(number, at: offset)
        return true
      }
    }
    if Property.self == SheetDate.self {
      return { source, value in
        guard let date = source.plainDate else { return false }
        value.set(date, at: offset)
        return true
      }
    }
    return nil
  }
}

/// Where a value is that is being put together, for as long as that takes.
///
/// Safe while the call runs that made it, and for the type of the value that it was made of: both are the
/// care of `Columns`, which makes the setters of its own values alone.
@safe
struct ValueAddress {
  private let pointer: UnsafeMutableRawPointer

  init(_ pointer: UnsafeMutableRawPointer) { unsafe self.pointer = unsafe pointer }

  /// Sets a stored property, which lies at an offset that `MemoryLayout` gave for it.
  @inline(__always)
  func set<Property>(_ property: Property, at offset: Int) {
    unsafe (pointer + offset).assumingMemoryBound(to: Property.self).pointee = property
  }

  func withValue<Value>(as type: Value.Type, _ body: (inout Value) -> Void) {
    unsafe body(&pointer.assumingMemoryBound(to: Value.self).pointee)
  }
}
