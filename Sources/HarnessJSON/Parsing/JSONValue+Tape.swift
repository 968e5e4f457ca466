extension JSONValue {
  /// The value on a tape, and the index of its token: its own, or one that is made of its text.
  ///
  /// What walks through whole values walks on tapes.
  var onTape: (tape: JSONTape, index: Int) {
    switch self {
    case .array(let array):
      if case .tape(let tape, let index) = array.storage { return (tape, Int(index)) }
    case .object(let object):
      if case .tape(let tape, let index) = object.storage { return (tape, Int(index)) }
    case .null, .bool, .number, .string: break
    }
    do throws(JSONError) {
      // A tape needs no stack, so that only its size is bounded.
      let tape = try JSONScanner.tape(
        of: compactBytes, maximumSize: JSONLimits.largestSize, maximumDepth: .max,
        maximumNumberDigits: .max)
      return (tape, 0)
    } catch {
      preconditionFailure("a value that was written is not read: \(error)")
    }
  }
}
