import Testing

@testable import Waiters

@Suite struct `The state of a test with a limit` {
  private var state = HangState()

  @Test mutating func `is told and cancelled at the limit, and ended after the grace`() {
    #expect(state.limitPassed(isPoolBlocked: false) == .tellAndCancel)
    #expect(state.isTold)
    #expect(state.gracePassed() == .exit)
  }

  @Test mutating func `is told and ended at once where no task can run`() {
    #expect(state.limitPassed(isPoolBlocked: true) == .tellAndExit)
  }

  @Test mutating func `is left alone once it has ended`() {
    state.end()
    #expect(state.limitPassed(isPoolBlocked: true) == .none)
    #expect(state.gracePassed() == .none)
    #expect(!state.isTold)
  }

  @Test mutating func `is left alone when it ends within the grace`() {
    _ = state.limitPassed(isPoolBlocked: false)
    state.end()
    #expect(state.gracePassed() == .none)
  }

  @Test mutating func `is told of once`() {
    _ = state.limitPassed(isPoolBlocked: false)
    #expect(state.limitPassed(isPoolBlocked: true) == .none)
  }
}

@Suite struct `The canary` {
  @Test(arguments: [
    // Silent for long while the threads did nothing; for a moment; while they computed; without a core.
    (LoadWindow(wall: .seconds(1), ran: .zero, delayed: .zero), true),
    (LoadWindow(wall: .milliseconds(300), ran: .zero, delayed: .zero), false),
    (LoadWindow(wall: .seconds(1), ran: .milliseconds(900), delayed: .zero), false),
    (LoadWindow(wall: .seconds(1), ran: .milliseconds(100), delayed: .milliseconds(900)), false),
  ])
  func `takes a pool for blocked that neither works nor wants to`(load: LoadWindow, isBlocked: Bool)
  {
    #expect(Canary.isBlocked(load) == isBlocked)
  }
}
