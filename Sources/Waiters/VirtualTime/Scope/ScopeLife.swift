/// Decides how far a scope of virtual time has come, from its body's first step to the end of its thread.
struct ScopeLife {
  enum Stage: Equatable {
    /// The body goes on.
    case running
    /// The body was given up and cancelled; it may make so many more steps.
    case givenUp(stepsLeft: Int)
    /// The body has ended; what else can run may make so many more steps.
    case ending(stepsLeft: Int)
    /// Nothing runs here any more.
    case closed
  }

  private(set) var stage = Stage.running
  /// Why the body was given up.
  private(set) var stall: Stall?

  /// Steps after the end: enough to clean up, and an end for a loop that does not look whether it is
  /// cancelled.
  static let graceSteps = 100_000

  /// Whether time may move on: after the end of the body what sleeps is left alone.
  var mayAdvance: Bool {
    switch stage {
    case .running, .givenUp: true
    case .ending, .closed: false
    }
  }

  /// Whether another step may be made.
  var hasStepsLeft: Bool {
    switch stage {
    case .running: true
    case .givenUp(let left), .ending(let left): left > 0
    case .closed: false
    }
  }

  /// Counts a step.
  mutating func takeStep() {
    switch stage {
    case .running: break
    case .givenUp(let left): stage = .givenUp(stepsLeft: left - 1)
    case .ending(let left): stage = .ending(stepsLeft: left - 1)
    case .closed: preconditionFailure("a step after the end of virtual time")
    }
  }

  /// Gives the body up; false when that was done before, or when the body has ended.
  mutating func giveUp(for stall: Stall) -> Bool {
    switch stage {
    case .running:
      stage = .givenUp(stepsLeft: Self.graceSteps)
      self.stall = stall
      return true
    case .givenUp, .ending, .closed: return false
    }
  }

  /// Takes in the end of the body; a body that was abandoned may end after the scope.
  mutating func bodyEnded() {
    switch stage {
    case .running, .givenUp: stage = .ending(stepsLeft: Self.graceSteps)
    case .closed: break
    case .ending: preconditionFailure("a body of virtual time ended twice")
    }
  }

  mutating func close() { stage = .closed }
}
