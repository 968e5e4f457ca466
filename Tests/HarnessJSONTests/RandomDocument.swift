import HarnessJSON

/// Makes documents from a seed, small enough to differ in few places and odd enough to hurt.
struct RandomDocument: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  mutating func value(depth: Int = 4) -> JSONValue {
    switch below(depth > 0 ? 10 : 6) {
    case 0: .null
    case 1: .bool(below(2) == 0)
    case 2, 3: number()
    case 4, 5: .string(text())
    case 6, 7: .array((0..<below(6)).map { _ in value(depth: depth - 1) })
    default:
      .object(
        JSONObject((0..<below(6)).map { _ in .init(name: text(), value: value(depth: depth - 1)) }))
    }
  }

  mutating func number() -> JSONValue {
    let lexemes = [
      "0", "-0", "1", "1.0", "10e-1", "-7", "0.1", "0.10000000000000000001", "1e400", "1E5",
      "100000",
      "9007199254740993", "123456789012345678901234567890", "1e-7", "-2.50", "2.5",
    ]
    return .number(JSONNumber(lexemes[below(lexemes.count)]) ?? 0)
  }

  mutating func text() -> String {
    let texts = [
      "", "a", "b", "id", "a/b", "~", "é", "e\u{301}", "\u{0}", "\"\\\n", "日本", "😀", "0", "1",
    ]
    return texts[below(texts.count)]
  }

  /// The value with a few changes.
  mutating func changed(_ value: JSONValue, depth: Int = 4) -> JSONValue {
    if below(12) == 0 { return self.value(depth: depth) }
    switch value {
    case .array(var array):
      for index in array.indices where below(3) == 0 {
        array[index] = changed(array[index], depth: depth - 1)
      }
      if below(4) == 0 { array.insert(self.value(depth: depth - 1), at: below(array.count + 1)) }
      if below(4) == 0, !array.isEmpty { array.remove(at: below(array.count)) }
      if below(8) == 0 { array.shuffle(using: &self) }
      return .array(array)
    case .object(var object):
      for index in object.members.indices where below(3) == 0 {
        object.members[index].value = changed(object.members[index].value, depth: depth - 1)
      }
      if below(4) == 0 {
        object.members.append(.init(name: text(), value: self.value(depth: depth - 1)))
      }
      if below(4) == 0, !object.isEmpty { object.members.remove(at: below(object.count)) }
      if below(2) == 0 { object.members.shuffle(using: &self) }
      return .object(object)
    case .null, .bool, .number, .string: return value
    }
  }
}
