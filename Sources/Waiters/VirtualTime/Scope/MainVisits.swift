/// Counts what the scope's tasks have put on the main actor, and whether it has been run.
///
/// The main actor belongs to the whole process, so its work cannot run on the scope's thread. Nothing else
/// runs in the scope meanwhile, so that what comes back comes at the same point of every replay: a fence is
/// sent after the work, and the scope goes on when the fence is back.
struct MainVisits {
  private var sent = 0
  private var fence: Int?
  private var passed = 0

  /// Takes in a job that is put on the main actor.
  mutating func add() { sent += 1 }

  /// Whether work is there that no fence was sent after.
  var needsFence: Bool { fence == nil && passed < sent }

  /// Whether work has been sent that has not been run.
  var isVisiting: Bool { passed < sent }

  /// Takes in that a fence is sent now.
  mutating func sendFence() { fence = sent }

  /// Takes in that the fence is back: everything sent before it has run.
  mutating func fenceIsBack() {
    passed = max(passed, fence ?? 0)
    fence = nil
  }
}
