import DequeModule
import HarnessLock

/// Work that may run code of a user and may block, on a thread of its own: so that neither the watchdog nor
/// whoever sends is held up by it.
///
/// One thread does it in order. Where a piece of work is not over after a tenth of a second, another thread goes
/// on with the rest.
package enum SideWork {
  private struct State: Sendable {
    var items: Deque<@Sendable () -> Void> = []
    /// The threads that take work: one, or none before the first.
    var takers = 0
    /// The threads that are held up by a piece of work.
    var stuck = 0
  }

  /// How long a piece of work may take before another thread goes on.
  private static let patience = Duration.milliseconds(100)
  /// The most threads that may be held up; work waits for one of them then.
  private static let stuckLimit = 16

  private static let state = Condition(State())

  /// Runs `body`, after what was added before.
  package static func run(_ body: @escaping @Sendable () -> Void) {
    let needsTaker = state.withLock { state in
      state.items.append(body)
      defer { state.takers = max(1, state.takers) }
      return state.takers == 0
    }
    if needsTaker { startTaker() }
    state.wake()
  }

  private static func startTaker() {
    BackgroundThread.start {
      while true {
        let item: @Sendable () -> Void = state.wait { state in
          state.items.popFirst().map { .finish($0) } ?? .wait(atMost: nil)
        }
        let turn = Lock(Turn.works)
        let timer = Watchdog.arm(at: .realNow + patience) { replace(turn) }
        item()
        timer.disarm()
        let isReplaced = turn.withLock { turn in
          defer { turn = .over }
          return turn == .isReplaced
        }
        guard isReplaced else { continue }
        state.withLock { $0.stuck -= 1 }
        return
      }
    }
  }

  private enum Turn {
    case works, isReplaced, over
  }

  /// On the watchdog's thread: somebody else is to take the work that comes after this.
  private static func replace(_ turn: Lock<Turn>) {
    let isReplaced = turn.withLock { turn in
      let mayReplace = state.withLock { state in
        guard turn == .works, state.stuck < stuckLimit else { return false }
        state.stuck += 1
        return true
      }
      if mayReplace { turn = .isReplaced }
      return mayReplace
    }
    if isReplaced { startTaker() }
  }
}
