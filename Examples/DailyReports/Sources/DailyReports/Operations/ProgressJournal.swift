/// Keeps what was said about each operation, for those who follow it now or join later.
public protocol ProgressJournal: Sendable {
  /// Begins the record of an operation, which is known from here on.
  func open(_ operation: OperationID)

  /// Adds a message to the record of its operation and passes it to all who follow.
  func record(_ event: ProgressEvent)

  /// Whether there is a record of the operation.
  func knows(_ operation: OperationID) -> Bool

  /// All messages of the operation from its first to its last, and nil for an unknown operation.
  ///
  /// Messages that were already recorded come at once, the others as they are recorded. The
  /// sequence ends after the terminal message.
  func follow(_ operation: OperationID) -> AsyncStream<ProgressEvent>?
}
