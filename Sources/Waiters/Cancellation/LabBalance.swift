/// Counts what an operation takes and gives back, such as the connections of a pool.
///
/// A stand-in calls it from any thread; what is taken must be given back, cancelled or not.
public struct LabBalance: Sendable {
  let lab: CancellationLab
  let name: String

  /// Says that one was taken.
  public func acquire() { lab.update { $0.ledger.acquired(name) } }

  /// Says that one was given back.
  public func release() { lab.update { $0.ledger.released(name) } }
}
