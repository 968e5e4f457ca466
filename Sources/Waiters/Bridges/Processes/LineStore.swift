import DequeModule
import HarnessLock

/// The lines of a process until somebody asks for them; from then on they are in a mailbox.
///
/// A test that never looks at the lines is not failed because they are many: the oldest are let go.
final class LineStore: Sendable {
  private struct Kept {
    var lines: Deque<ProcessLine> = []
    var end: ProcessEnded?
  }

  /// The most lines that are kept, and that the mailbox holds.
  private let limit: Int
  private let box: Mailbox<ProcessLine>
  /// What has not gone to the mailbox; nil once somebody has asked.
  private let kept = Lock<Kept?>(Kept())

  init(limit: Int, _ box: Mailbox<ProcessLine>) {
    self.limit = limit
    self.box = box
  }

  /// The mailbox, in which all lines are from now on.
  var mailbox: Mailbox<ProcessLine> {
    kept.withLock { kept in
      guard let before = kept else { return }
      // Under the lock, so that what is written meanwhile comes behind.
      for line in before.lines { box.send(line) }
      if let end = before.end { box.close(throwing: end) }
      kept = nil
    }
    return box
  }

  func send(_ line: ProcessLine) {
    let isKept = kept.withLock { kept in
      guard kept != nil else { return false }
      if kept?.lines.count == limit { kept?.lines.removeFirst() }
      kept?.lines.append(line)
      return true
    }
    if !isKept { box.send(line) }
  }

  func close(throwing end: ProcessEnded) {
    let isKept = kept.withLock { kept in
      kept?.end = end
      return kept != nil
    }
    if !isKept { box.close(throwing: end) }
  }

  /// Says that what comes from now on is no late arrival.
  func expectNothingLate() {
    box.channel.point.expectNothingLate()
  }
}
