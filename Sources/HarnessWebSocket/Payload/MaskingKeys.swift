#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Masking keys that nobody can foretell, drawn sixteen at a time: each draw is a call of the operating system, which
/// takes longer than all else that a short frame needs.
///
/// Source: RFC 6455, section 10.3.
struct MaskingKeys: Sendable {
  private static let batch = 16

  private var left: [UInt32] = []

  /// The next key, which is used once.
  mutating func next() -> UInt32 {
    if let key = left.popLast() { return key }
    left = unsafe [UInt32](unsafeUninitializedCapacity: Self.batch) { keys, count in
      let code = unsafe getentropy(keys.baseAddress, Self.batch * MemoryLayout<UInt32>.size)
      count = code == 0 ? Self.batch : 0
    }
    return left.popLast() ?? .random(in: 0...(.max))
  }
}
