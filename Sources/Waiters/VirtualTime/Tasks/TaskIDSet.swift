/// Numbers of tasks: a bit for each, since the numbers of a run are given out one after another.
///
/// It takes what memory the newest of them needs: a megabyte for eight million tasks.
struct TaskIDSet {
  /// Further than this from the first number nothing is kept, so that the memory has a bound, of 8 MB.
  static let span: UInt64 = 1 << 26

  private var base: UInt64 = 0
  private var words: [UInt64] = []

  /// Forgets all, and begins anew with a number: those well below it are not kept.
  mutating func begin(at id: UInt64) {
    (base, words) = (id / 64, [])
  }

  /// Takes a number in.
  mutating func insert(_ id: UInt64) {
    guard let (word, bit) = place(of: id) else { return }
    if word >= words.count {
      words.append(contentsOf: repeatElement(0, count: word + 1 - words.count))
    }
    words[word] |= bit
  }

  func contains(_ id: UInt64) -> Bool {
    guard let (word, bit) = place(of: id), word < words.count else { return false }
    return words[word] & bit != 0
  }

  private func place(of id: UInt64) -> (word: Int, bit: UInt64)? {
    guard id / 64 >= base, id / 64 - base < Self.span / 64 else { return nil }
    return (Int(id / 64 - base), 1 << (id % 64))
  }
}
