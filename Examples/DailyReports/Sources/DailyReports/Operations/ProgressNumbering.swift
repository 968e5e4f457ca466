/// Numbers the messages of one operation.
struct ProgressNumbering {
  let operation: OperationID
  private var last = 0

  init(_ operation: OperationID) {
    self.operation = operation
  }

  /// The next message of the operation.
  mutating func event(_ news: ProgressEvent.News) -> ProgressEvent {
    last += 1
    return ProgressEvent(operation: operation, sequence: last, news: news)
  }
}
