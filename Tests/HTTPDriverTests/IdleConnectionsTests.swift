import HTTPTypes
import Testing
import Waiters

@testable import HTTPDriver

/// Which idle connection is used next, and which are closed.
///
/// Source: RFC 9112, section 9.3; the order, the limit and the age are rules of our own.
@Suite struct `Idle connections` {
  enum Step: Sendable {
    case park(Int, at: Int, closes: [Int] = [])
    case take(at: Int, IdleConnections.Choice, closes: [Int] = [])
    case lose(Int)
    case close
    case holds([Int])
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var limit = 2
    let steps: [Step]
  }

  static let cases = [
    Case(testDescription: "without one, a new one is made", steps: [.take(at: 0, .open)]),
    Case(
      testDescription: "one is taken once",
      steps: [.park(1, at: 0), .take(at: 1, .reuse(1)), .take(at: 1, .open)]),
    Case(
      testDescription: "the one that was used last is taken first",
      steps: [
        .park(1, at: 0), .park(2, at: 1), .take(at: 2, .reuse(2)), .take(at: 2, .reuse(1)),
      ]),
    Case(
      testDescription: "beyond the limit the oldest is closed",
      steps: [.park(1, at: 0), .park(2, at: 1), .park(3, at: 2, closes: [1]), .holds([2, 3])]),
    Case(
      testDescription: "a limit of none keeps none", limit: 0,
      steps: [.park(1, at: 0, closes: [1]), .take(at: 0, .open)]),
    Case(
      testDescription: "a limit below none is none", limit: -1,
      steps: [.park(1, at: 0, closes: [1]), .take(at: 0, .open)]),
    Case(
      testDescription: "just as old as allowed is young enough",
      steps: [.park(1, at: 0), .take(at: 60, .reuse(1))]),
    Case(
      testDescription: "too old is closed, and a new one is made",
      steps: [.park(1, at: 0), .take(at: 61, .open, closes: [1]), .holds([])]),
    Case(
      testDescription: "the too old are closed, and the young one is taken",
      steps: [.park(1, at: 0), .park(2, at: 50), .take(at: 61, .reuse(2), closes: [1])]),
    Case(
      testDescription: "the too old are also closed when another comes back",
      steps: [.park(1, at: 0), .park(2, at: 61, closes: [1]), .holds([2])]),
    Case(
      testDescription: "one that is lost while idle is not taken",
      steps: [.park(1, at: 0), .park(2, at: 0), .lose(2), .take(at: 1, .reuse(1))]),
    Case(
      testDescription: "one that is lost in use changes nothing",
      steps: [.park(1, at: 0), .lose(7), .holds([1])]),
    Case(
      testDescription: "what comes back after the end is closed",
      steps: [.park(1, at: 0), .close, .holds([]), .park(2, at: 1, closes: [2])]),
    Case(testDescription: "nothing begins after the end", steps: [.close, .take(at: 0, .refuse)]),
  ]

  @Test(arguments: cases)
  func `are used and closed by their rules`(_ rule: Case) {
    var idle = IdleConnections(limit: rule.limit, timeout: .seconds(60))
    let start = ContinuousClock.now
    for step in rule.steps {
      switch step {
      case .park(let number, let second, let closes):
        #expect(idle.park(number, at: start + .seconds(second)) == closes, "\(step)")
      case .take(let second, let choice, let closes):
        let (chosen, expired) = idle.take(at: start + .seconds(second))
        #expect(chosen == choice, "\(step)")
        #expect(expired == closes, "\(step)")
      case .lose(let number): idle.lost(number)
      case .close: idle.close()
      case .holds(let numbers): #expect(idle.numbers == numbers, "\(step)")
      }
    }
  }
}

@Suite struct `Requests whose kept connection was closed` {
  @Test(arguments: [
    (HTTPRequest.Method.get, true), (.head, true), (.options, true), (.trace, true), (.put, true),
    (.delete, true), (.post, false), (.patch, false), (.connect, false),
    (.init("PROPFIND")!, false),
  ])
  func `are sent again where their method is idempotent`(
    _ method: HTTPRequest.Method, _ isIdempotent: Bool
  ) {
    let plan = ExchangePlan(
      request: HTTPRequest(method: method, scheme: nil, authority: nil, path: "/"),
      body: .text("a"), deadline: .effective(within: nil), responseLimit: 0)
    let objection = RepeatRule.objection(to: plan)
    #expect((objection == nil) == isIdempotent)
    #expect(objection?.hasPrefix("\(method.rawValue) is not idempotent") ?? true)
  }

  @Test func `are not sent again where their body is a stream, or the client goes away`() {
    var plan = ExchangePlan(
      request: HTTPRequest(method: .put, scheme: nil, authority: nil, path: "/"),
      body: .stream(AsyncStream<[UInt8]> { $0.finish() }), deadline: .effective(within: nil),
      responseLimit: 0)
    #expect(
      RepeatRule.objection(to: plan)
        == "the request's body is sent in pieces, so it is not sent again")
    plan.body = .empty
    plan.cancellation = .beforeResponseHead
    #expect(
      RepeatRule.objection(to: plan)
        == "the client was to go away, so the request is not sent again")
  }
}
