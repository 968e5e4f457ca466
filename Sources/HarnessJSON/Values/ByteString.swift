/// A string that equals another when their UTF-8 bytes are the same.
///
/// Swift's `String ==` is canonical equivalence: "é" as one scalar and as two are equal, and fall
/// together as dictionary keys. In JSON they are two different strings (RFC 8259, section 8.3).
package struct ByteString: Hashable, Sendable {
  package let string: String

  package init(_ string: String) {
    self.string = string
  }

  package static func == (one: Self, other: Self) -> Bool {
    one.string.hasSameBytes(as: other.string)
  }

  package func hash(into hasher: inout Hasher) {
    for byte in string.utf8 { hasher.combine(byte) }
    hasher.combine(0xFF as UInt8)
  }
}

extension String {
  /// Whether both are written with the same UTF-8 bytes.
  package func hasSameBytes(as other: String) -> Bool {
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
  }
}
