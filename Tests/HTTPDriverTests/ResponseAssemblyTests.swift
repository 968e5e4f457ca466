import HTTPTypes
import Testing

@testable import HTTPDriver

@Suite struct `The assembly of a response` {
  let start = ContinuousClock.now

  func assembly(limit: Int = 10) -> ResponseAssembly {
    ResponseAssembly(responseLimit: limit, start: start)
  }

  func ending(_ assembly: ResponseAssembly) -> String {
    switch assembly.stage {
    case .connecting, .awaitingHead, .receivingBody: "open"
    case .ended(.complete): "complete"
    case .ended(.cancelled): "cancelled"
    case .ended(.failed(let code, let reason)): "\(code): \(reason)"
    }
  }

  @Test func `is complete after head, body and end`() {
    var assembly = assembly()
    assembly.connected(at: start + .milliseconds(1))
    _ = assembly.received(HTTPResponse(status: .ok), at: start + .milliseconds(3))
    assembly.received([1, 2])
    assembly.received([3])
    assembly.receivedEnd(at: start + .milliseconds(7))
    let result = assembly.result
    #expect(ending(assembly) == "complete")
    #expect(result.response?.status == .ok)
    #expect(result.body == [1, 2, 3])
    #expect(result.timings.connect == .milliseconds(1))
    #expect(result.timings.head == .milliseconds(2))
    #expect(result.timings.body == .milliseconds(4))
    #expect(result.timings.description == "connect 1.0 ms, head 2.0 ms, body 4.0 ms")
  }

  @Test func `keeps its first ending`() {
    var assembly = assembly()
    assembly.end(.cancelled)
    assembly.connected(at: start)
    _ = assembly.received(HTTPResponse(status: .ok), at: start)
    assembly.received([1])
    assembly.receivedEnd(at: start)
    assembly.closed()
    assembly.broke(.connectionReset, "reset")
    assembly.expired("1 s")
    #expect(ending(assembly) == "cancelled")
  }

  /// What each event means at each stage; a stage that an event cannot come at is not listed.
  @Test func `says where it was when it ended early`() {
    let stages: [(String, (inout ResponseAssembly) -> Void)] = [
      ("connecting", { _ in }),
      ("connected", { $0.connected(at: nil) }),
      (
        "uploading",
        {
          $0.connected(at: nil)
          $0.sentPiece([1, 2])
        }
      ),
      (
        "awaiting",
        {
          $0.connected(at: nil)
          $0.sentPiece([1, 2])
          $0.sentRequest(at: .now)
        }
      ),
      (
        "receiving",
        {
          $0.connected(at: nil)
          _ = $0.received(
            HTTPResponse(status: .ok, headerFields: [.contentLength: "9"]), at: .now)
          $0.received([1])
        }
      ),
    ]
    let events: [(String, (inout ResponseAssembly) -> Void)] = [
      ("closed", { $0.closed() }), ("broke", { $0.broke(.connectionReset, "reset") }),
      ("expired", { $0.expired("1 s") }),
    ]
    var table: [String] = []
    for (stage, reach) in stages {
      for (event, happen) in events {
        var assembly = assembly()
        reach(&assembly)
        happen(&assembly)
        table.append("\(stage), \(event): \(ending(assembly))")
      }
    }
    let cutOff = "response cut off after 1 of 9 bytes of its body: "
    #expect(
      table == [
        "connecting, closed: open",
        "connecting, broke: connectionReset: no response: reset",
        "connecting, expired: timedOut: no response within 1 s: the connection was not made",
        "connected, closed: connectionClosed: no response: the server closed the connection",
        "connected, broke: connectionReset: no response: reset",
        "connected, expired: timedOut: no response within 1 s: the request was not sent to its end",
        "uploading, closed: connectionClosed: no response: the server closed the connection",
        "uploading, broke: connectionReset: no response: reset",
        "uploading, expired: timedOut: no response within 1 s: the request was not sent to its end, "
          + "after 2 bytes of the request's body",
        "awaiting, closed: connectionClosed: no response: the server closed the connection",
        "awaiting, broke: connectionReset: no response: reset",
        "awaiting, expired: timedOut: no response within 1 s: waiting for the response's head, "
          + "after 2 bytes of the request's body",
        "receiving, closed: responseCutOff: \(cutOff)the server closed the connection",
        "receiving, broke: connectionReset: \(cutOff)reset",
        "receiving, expired: timedOut: no complete response within 1 s: "
          + "after 1 of 9 bytes of the response's body",
      ])
  }

  @Test func `stops at the limit`() {
    var assembly = assembly(limit: 2)
    assembly.connected(at: nil)
    _ = assembly.received(HTTPResponse(status: .ok), at: .now)
    assembly.received([1, 2])
    #expect(ending(assembly) == "open")
    assembly.received([3])
    #expect(
      ending(assembly) == "responseTooLarge: the response's body is longer than 2 bytes")
    #expect(assembly.result.body == [1, 2])
  }
}
