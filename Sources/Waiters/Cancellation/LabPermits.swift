/// The leave to pass that a gate had when an operation was set up.
struct LabPermits: Sendable {
  private let gate: Gate
  private let before: Int

  /// Nil for a gate that is open for good.
  init?(of gate: Gate) {
    guard let permits = gate.permits else { return nil }
    self.gate = gate
    before = permits
  }

  /// That there is more or less leave now.
  var finding: CancellationFinding? {
    guard let permits = gate.permits, permits != before else { return nil }
    return CancellationFinding(
      .imbalance, "\(gate.title): \(before.counted("permit")) before, \(permits) after")
  }
}
