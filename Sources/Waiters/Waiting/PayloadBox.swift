/// A value inside the machines, which do not know its type.
///
/// The machines are compiled once, for all channels: code that is generic over a user's type cannot be
/// specialised outside of his module, and made a mailbox take 1.5 times what a stream takes to wake a
/// task. A channel puts in and takes out values of one type, so opening a box needs no check.
class PayloadBox: @unchecked Sendable {
  // Safe: there are no instances but those of `ValueBox`, which are immutable.
  fileprivate init() {}

  /// The value on one line of a failure.
  func shown(cutAt length: Int) -> String { inWords.cut(at: length) }

  /// The value in words; that may take long, so who needs them in several lengths keeps them.
  var inWords: ShownText { preconditionFailure("a box without a value") }

  /// The value, which the caller knows to be of this type.
  func open<Value: Sendable>(as type: Value.Type) -> Value {
    // Safe: a channel has one type of value, and opens only its own boxes; checked in debug builds.
    unsafe unsafeDowncast(self, to: ValueBox<Value>.self).value
  }
}

/// A value of a channel.
final class ValueBox<Value: Sendable>: PayloadBox, @unchecked Sendable {
  // Safe: `value` is constant and Sendable.
  let value: Value

  init(_ value: Value) {
    self.value = value
    super.init()
  }

  override var inWords: ShownText { ShownText(value) }
}
