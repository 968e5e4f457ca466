import HarnessReporting

extension Gate {
  /// The leave to pass that nobody has used; nil for a gate that is open for good.
  var permits: Int? { look { $0.isOpen ? nil : $0.permits } }

  /// How many callers have come.
  var arrivalCount: Int { look { $0.arrived } }

  /// For whom the gate is open, in words.
  var openness: String { permits.map { "for \($0.counted("caller"))" } ?? "for good" }

  /// Lets those through who come before the `arrival`th from now, from 1; gives how many have come in all
  /// when that one is held.
  ///
  /// Nil where nothing would hold him.
  func letThrough(untilArrival arrival: Int) -> Int? {
    var number: Int?
    channel.point.update { state in
      let others = max(1, arrival) - 1 - state.permits
      guard !state.isOpen, others >= 0 else { return Batch() }
      let (sum, isOver) = state.arrived.addingReportingOverflow(max(1, arrival))
      number = isOver ? .max : sum
      return state.open(others)
    }
    return number
  }

  private func look<R>(_ body: (GateState) -> R) -> R { channel.point.withMachine { body($0) } }

  /// Has `body` called when so many callers have come since the gate was made, on the thread of the last of
  /// them, who is held.
  ///
  /// The result ends that.
  func whenArrived(
    _ number: Int, at site: CallSite, _ body: @escaping @Sendable () -> Void
  ) -> @Sendable () -> Void {
    let label = WaitLabel(start: .realNow, site: site, scope: nil)
    let observation = channel.point.observe(.arrivals(number), label) { body() }
    return { observation.end() }
  }
}
