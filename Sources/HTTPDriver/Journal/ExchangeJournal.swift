import HTTPTypes
import HarnessJSON
import HarnessLock
import HarnessReporting

/// Keeps the exchanges of a driver, so that a failure shows what went before it.
final class ExchangeJournal: Sendable {
  /// What is kept: the last of many exchanges, and the beginning of long bodies.
  static let limit = 100
  static let bodyLimit = 64 << 10

  private struct State {
    var entries: [JournalEntry] = []
    var omitted = 0
  }

  private let state = Lock(State())

  func append(_ record: ExchangeRecord, _ outcome: HTTPOutcome) {
    let entry = JournalEntry(record, outcome)
    state.withLock { state in
      state.entries.append(entry)
      // Half at a time: to remove the first of a hundred each time would move the others each time.
      if state.entries.count > 2 * Self.limit {
        state.omitted += Self.limit
        state.entries.removeFirst(Self.limit)
      }
    }
  }

  /// The exchanges as HAR; none where there was at most one, which the failure shows by itself.
  var evidence: [Evidence] {
    let (entries, omitted) = state.withLock { ($0.entries, $0.omitted) }
    guard entries.count > 1 else { return [] }
    let archive = HTTPArchive(
      entries: entries.suffix(Self.limit),
      omitted: omitted + max(0, entries.count - Self.limit))
    return [Evidence(name: "exchanges.har", text: archive.value.prettyText + "\n")]
  }
}

/// One exchange of a journal.
struct JournalEntry: Sendable {
  var record: ExchangeRecord
  /// Why there is no complete response; nil where there is one.
  let failure: String?
  let startedAt: Double

  init(_ record: ExchangeRecord, _ outcome: HTTPOutcome, endedAt now: Double = currentSeconds()) {
    self.record = record
    self.record.sent.keepHead(ExchangeJournal.bodyLimit)
    self.record.body = Array(record.body.prefix(ExchangeJournal.bodyLimit))
    switch outcome {
    case .response: failure = nil
    case .failed(let error): failure = error.reason
    case .cancelled: failure = "cancelled"
    }
    let (seconds, attoseconds) = record.elapsed.components
    startedAt = now - Double(seconds) - Double(attoseconds) / 1e18
  }
}
