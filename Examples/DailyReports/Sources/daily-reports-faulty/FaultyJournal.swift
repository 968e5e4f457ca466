import DailyReports
import NIOConcurrencyHelpers

/// Records progress, but not all of it, or not in its order.
struct FaultyJournal: ProgressJournal {
  private let fault: Fault
  private let journal = MemoryProgressJournal()
  private let heldBack = NIOLockedValueBox<[OperationID: ProgressEvent]>([:])

  init(_ fault: Fault) {
    self.fault = fault
  }

  func open(_ operation: OperationID) {
    journal.open(operation)
  }

  func record(_ event: ProgressEvent) {
    switch (fault, event.news) {
    case (.lostProgress, .entered(.transformation, _)):
      break
    case (.outOfOrder, .entered(.transformation, _)):
      heldBack.withLockedValue { $0[event.operation] = event }
    case (.outOfOrder, .entered(.storage, _)):
      journal.record(event)
      if let late = heldBack.withLockedValue({ $0.removeValue(forKey: event.operation) }) {
        journal.record(late)
      }
    case (.stuck, .entered(.storage, _)), (.stuck, .completed), (.stuck, .failed):
      break
    default:
      journal.record(event)
    }
  }

  func knows(_ operation: OperationID) -> Bool {
    journal.knows(operation)
  }

  func follow(_ operation: OperationID) -> AsyncStream<ProgressEvent>? {
    journal.follow(operation)
  }
}
