/// Work that must not outlive the operation that began it.
public final class LabWork: Sendable {
  private let lab: CancellationLab
  private let id: LabLedger.EntryID

  init(lab: CancellationLab, id: LabLedger.EntryID) {
    self.lab = lab
    self.id = id
  }

  deinit {
    // A task that has ended lets go of it.
    end()
  }

  /// Says that it is over: from any thread; more than once does no harm.
  public func end() { lab.update { $0.ledger.over(id) } }
}
