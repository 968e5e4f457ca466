/// Names a value in a slot table; later keys have greater numbers.
struct SlotKey: Hashable, Comparable, Sendable {
  let number: UInt64
  fileprivate let slot: Int

  /// Makes a key, for decisions that only compare keys.
  init(number: UInt64, slot: Int = 0) {
    self.number = number
    self.slot = slot
  }

  static func < (a: SlotKey, b: SlotKey) -> Bool { a.number < b.number }
}

/// Values under keys that it hands out: no hashing, and a place that is free is used again.
///
/// A key is never used twice, so one that outlives its value finds nothing.
struct SlotTable<Value> {
  fileprivate struct Slot {
    var number: UInt64
    var value: Value?
  }

  private var slots: [Slot] = []
  private var free: [Int] = []
  private var nextNumber: UInt64 = 0

  /// How many values there are.
  var count: Int { slots.count - free.count }

  /// Takes in a value.
  mutating func insert(_ value: Value) -> SlotKey {
    defer { nextNumber += 1 }
    if let slot = free.popLast() {
      slots[slot] = Slot(number: nextNumber, value: value)
      return SlotKey(number: nextNumber, slot: slot)
    }
    slots.append(Slot(number: nextNumber, value: value))
    return SlotKey(number: nextNumber, slot: slots.count - 1)
  }

  subscript(key: SlotKey) -> Value? {
    slots[key.slot].number == key.number ? slots[key.slot].value : nil
  }

  /// Changes a value where it lies, without a copy; nil where there is none.
  mutating func update<R>(_ key: SlotKey, _ change: (inout Value) -> R) -> R? {
    guard slots[key.slot].number == key.number, slots[key.slot].value != nil else { return nil }
    return change(&slots[key.slot].value!)
  }

  /// Takes a value out.
  mutating func remove(_ key: SlotKey) -> Value? {
    guard slots[key.slot].number == key.number, let value = slots[key.slot].value.take() else {
      return nil
    }
    free.append(key.slot)
    return value
  }

  /// All keys with their values, in no order.
  var all: some Sequence<(key: SlotKey, value: Value)> {
    slots.lazy.enumerated().compactMap { index, slot in
      slot.value.map { (SlotKey(number: slot.number, slot: index), $0) }
    }
  }
}

extension SlotTable: Sendable where Value: Sendable {}
extension SlotTable.Slot: Sendable where Value: Sendable {}
