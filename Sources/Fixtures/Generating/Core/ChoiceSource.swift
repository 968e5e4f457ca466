/// Choices drawn from a seed: the same ones on every machine and in every version of Swift.
///
/// The algorithm is written out here and is part of the contract of what is generated: the standard
/// library promises neither its generators nor how it draws numbers from them. It is xoshiro256**,
/// started with SplitMix64.
///
/// Source: David Blackman and Sebastiano Vigna, "Scrambled Linear Pseudorandom Number Generators", and
/// Vigna's reference code, both at prng.di.unimi.it.
struct ChoiceSource: Sendable {
  private let seed: UInt64
  private var state: (UInt64, UInt64, UInt64, UInt64)

  init(seed: UInt64) {
    self.seed = seed
    var mixer = SplitMix64(state: seed)
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  /// A source of its own for a part of what is generated.
  ///
  /// It depends on the seed, the label and its occurrence alone, not on what was drawn before: a field that is added
  /// later does not shift the others.
  ///
  /// `occurrence`: how often the label was used before in the same place; each time is another source.
  func fork(_ label: String, occurrence: UInt64 = 0) -> ChoiceSource {
    // FNV-1a, which spreads short labels well enough for SplitMix64 to do the rest.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    for byte in label.utf8 { add(byte) }
    if occurrence > 0 {
      // A byte that no label has, so that no other label gives the same.
      add(0xFF)
      for shift in stride(from: 0, to: 64, by: 8) {
        add(UInt8(truncatingIfNeeded: occurrence >> UInt64(shift)))
      }
    }
    var mixer = SplitMix64(state: seed ^ hash)
    return ChoiceSource(seed: mixer.next())
  }

  mutating func next() -> UInt64 {
    let result = Self.rotated(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = Self.rotated(state.3, by: 45)
    return result
  }

  private static func rotated(_ bits: UInt64, by count: UInt64) -> UInt64 {
    bits << count | bits >> (64 - count)
  }

  /// A whole number below `count`, each as likely as the others.
  ///
  /// Source: Daniel Lemire, "Fast Random Integer Generation in an Interval", 2019.
  mutating func number(below count: UInt64) -> UInt64 {
    var product = next().multipliedFullWidth(by: count)
    if product.low < count {
      // Draws that would make some numbers likelier than others are made again.
      let threshold = (0 &- count) % count
      while product.low < threshold { product = next().multipliedFullWidth(by: count) }
    }
    return product.high
  }

  /// A whole number of a range, each as likely as the others.
  mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(number(below: UInt64(range.upperBound - range.lowerBound) + 1))
  }

  /// One of the elements, each as likely as the others.
  mutating func element<Value>(of values: [Value]) -> Value {
    values[integer(in: 0...values.count - 1)]
  }
}

/// Spreads a seed over many bits.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }
}
