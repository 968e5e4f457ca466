/// A message whose last frame has not come.
struct MessageAssembly: Sendable {
  /// The frame that began it says what it is.
  let isText: Bool
  let isCompressed: Bool
  /// What has come, without masks and inflated.
  private(set) var bytes: [UInt8] = []
  /// The payload so far, as it was on the wire.
  var wireSize = 0
  private var check = UTF8Check()

  init(isText: Bool, isCompressed: Bool) {
    self.isText = isText
    self.isCompressed = isCompressed
  }

  /// Whether a text ends with a whole character.
  var isWhole: Bool { !isText || check.isComplete }

  /// Makes room for the next bytes, and ahead for those that are expected: sixteen times what has come, for a peer that
  /// announces much and sends little must not make this end hold much.
  private mutating func makeRoom(for count: Int, expecting expected: Int) {
    let needed = bytes.count + count
    // Where no more is expected, the array grows by itself: room to the byte would be made anew for each piece.
    guard needed > bytes.capacity, expected > needed else { return }
    bytes.reserveCapacity(max(needed, min(expected, max(16 * bytes.count, 1 << 16))))
  }

  /// Takes in the next bytes of the payload; false when a text is not UTF-8, whatever follows.
  mutating func append(_ piece: UnsafeRawBufferPointer, mask: inout PayloadMask?) -> Bool {
    let start = bytes.count
    makeRoom(for: piece.count, expecting: wireSize)
    unsafe bytes.append(contentsOf: piece)
    mask?.apply(to: &bytes, from: start)
    return !isText || check.accept(bytes, from: start)
  }

  /// Takes in bytes that were inflated; false when a text is not UTF-8, whatever follows.
  ///
  /// `expected` is how long the message may well become.
  mutating func append(inflated piece: UnsafeRawBufferPointer, expecting expected: Int) -> Bool {
    makeRoom(for: piece.count, expecting: expected)
    unsafe bytes.append(contentsOf: piece)
    return unsafe !isText || check.accept(piece)
  }
}
