import ArgumentParser

/// What can be wrong with the service.
enum Fault: String, CaseIterable, ExpressibleByArgument {
  /// A report's total value is one dinar too high.
  case wrongTotal = "wrong-total"
  /// The message about the transformation never comes.
  case lostProgress = "lost-progress"
  /// The message about the transformation comes after the one about storage.
  case outOfOrder = "out-of-order"
  /// An error shows the stack of the code that failed.
  case leakyError = "leaky-error"
  /// An error comes as plain JSON.
  case wrongMediaType = "wrong-media-type"
  /// An operation never ends.
  case stuck
}
