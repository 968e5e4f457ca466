/// 128 bits that stand for a value: equal values have the same, and two that differ practically never do.
///
/// The bits depend on keys that each process draws at random, so that nobody can make two values whose
/// fingerprints meet. With them a chance meeting of any two of a billion values has a probability of about
/// 10^-21.
struct Fingerprint: Hashable, Sendable, BitwiseCopyable {
  var low: UInt64
  var high: UInt64

  static let zero = Fingerprint(low: 0, high: 0)

  /// Adds what may come in any order.
  @inline(__always)
  mutating func add(_ other: Fingerprint) {
    low &+= other.low
    high &+= other.high
  }
}

/// Makes fingerprints.
struct FingerprintHasher: Sendable, BitwiseCopyable {
  private let key0: UInt64
  private let key1: UInt64
  private let key2: UInt64
  private let key3: UInt64

  /// With the keys of the process.
  static let shared = FingerprintHasher()

  private init() {
    // Odd, so that no product loses its lowest bit.
    key0 = .random(in: .min ... .max) | 1
    key1 = .random(in: .min ... .max) | 1
    key2 = .random(in: .min ... .max) | 1
    key3 = .random(in: .min ... .max) | 1
  }

  /// What a value's kind begins with.
  @inline(__always)
  func start(_ tag: UInt64) -> Fingerprint {
    Fingerprint(low: key0 ^ tag &* 0x9E37_79B9_7F4A_7C15, high: key2 &+ tag)
  }

  /// Takes in two words, in order.
  @inline(__always)
  func mix(_ state: Fingerprint, _ one: UInt64, _ other: UInt64) -> Fingerprint {
    Fingerprint(
      low: fold(state.low ^ one, key1 ^ other) &+ other,
      high: fold(state.high ^ other, key3 ^ one) &+ state.low)
  }

  @inline(__always)
  func mix(_ state: Fingerprint, _ other: Fingerprint) -> Fingerprint {
    mix(state, other.low, other.high)
  }

  @inline(__always)
  private func fold(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: other)
    return product.high ^ product.low
  }

  /// Takes in bytes, and how many there are.
  @inline(__always)
  func mix(_ state: Fingerprint, _ bytes: UnsafeBufferPointer<UInt8>) -> Fingerprint {
    let count = bytes.count
    var state = state
    state.low ^= UInt64(truncatingIfNeeded: count) &* 0xD6E8_FEB8_6659_FD93
    let raw = UnsafeRawBufferPointer(bytes)
    var index = 0
    while count - index >= 16 {
      state = unsafe mix(
        state, raw.loadUnaligned(fromByteOffset: index, as: UInt64.self),
        raw.loadUnaligned(fromByteOffset: index + 8, as: UInt64.self))
      index += 16
    }
    guard index < count else { return state }
    var one: UInt64 = 0
    var other: UInt64 = 0
    if count - index >= 8 {
      one = unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      index += 8
    }
    if count - index >= 4 {
      other = UInt64(unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt32.self))
      index += 4
    }
    while index < count {
      other = other << 8 | UInt64(unsafe bytes[index])
      index += 1
    }
    return mix(state, one, other)
  }
}
