/// The tokens of a text in order, flat: no allocation for each value.
///
/// A container's token stands before those of its content and knows the token after it, so that a reader
/// can skip it; the token that closes it counts its children. A member is the token of its name and the
/// tokens of its value. The bytes were validated when the tape was made.
///
/// Safe to share: nothing changes once the scanner has made it, and the tokens live as long as it does.
@safe final class JSONTape: @unchecked Sendable {
  /// The text.
  let bytes: [UInt8]
  /// How many tokens there are.
  let count: Int
  private let storage: UnsafeMutablePointer<JSONToken>
  /// Where the children of large containers stand.
  let strides: JSONStrides

  /// Takes over the storage, which `UnsafeMutablePointer.allocate` made.
  init(
    bytes: [UInt8], tokens: UnsafeMutablePointer<JSONToken>, count: Int, strides: JSONStrides
  ) {
    self.bytes = bytes
    self.count = count
    unsafe storage = tokens
    self.strides = strides
  }

  deinit {
    unsafe storage.deallocate()
  }

  /// The token at an index, which is below ``count``: it comes from the tape itself.
  @inline(__always)
  subscript(index: Int) -> JSONToken {
    assert(index >= 0 && index < count)
    return unsafe storage[index]
  }

  /// The index of the token after a value and all of its content.
  @inline(__always)
  func next(_ index: Int) -> Int {
    let token = self[index]
    return token.isContainer ? token.payload : index + 1
  }

  /// How many elements or members a container has.
  @inline(__always)
  func childCount(_ index: Int) -> Int { self[self[index].payload - 1].payload }

  /// The bytes a value takes in the text, brackets and quotation marks included.
  func sourceRange(_ index: Int) -> Range<Int> {
    let token = self[index]
    guard token.isContainer else { return token.start..<token.start + token.payload }
    return token.start..<self[token.payload - 1].start + 1
  }
}

extension JSONTape {
  /// The index of the token of a child: an element, or the name of a member.
  ///
  /// Without a search, or within sixteen steps.
  func child(_ position: Int, of index: Int) -> Int {
    let container = self[index]
    let width = container.kind == .object ? 2 : 1
    let children = childCount(index)
    // All children are scalars: they stand side by side.
    if container.payload - index - 2 == children * width { return index + 1 + position * width }
    var (child, reached) = strides.start(of: position, in: index) ?? (index + 1, 0)
    while reached < position {
      child = next(width == 2 ? child + 1 : child)
      reached += 1
    }
    return child
  }
}
