/// A wait in the hands of the task that waits.
///
/// All of it is one object, and nearly all of what a parked task keeps is a reference to it: the runtime
/// takes the memory of a task in pieces of a kilobyte, and one of them is to hold all of a parked wait.
final class Wait<Machine: WaitMachine>: WaitLabel, @unchecked Sendable {
  // Safe: what is variable here is touched by the waiting task alone.

  /// How far the wait has come.
  enum Stage {
    case new
    /// It is to be parked; the timer is its deadline.
    case open(WaiterID, Watchdog.Timer)
    case ended(WaiterID, WaitEnding<Machine.Value, Machine.Facts>)
  }

  var stage = Stage.new
  /// What tells the lab of an operation that is cancelled on purpose that this is over.
  var stay: LabWork?
  /// What tells virtual time that the task goes on; nil outside of it.
  var spot: ParkingSpot?
}
