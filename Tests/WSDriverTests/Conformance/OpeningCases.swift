import Testing
import WSDriver

extension WSConformanceCase {
  /// The head of a 101 that answers a request.
  ///
  /// Source: RFC 6455, section 4.2.2.
  private static func acceptance(of request: HTTPRequest) -> [UInt8] {
    let key = WSHandshakeKey(request.headerFields[.secWebSocketKey] ?? "")
    let lines = [
      "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
      "Sec-WebSocket-Accept: \(key.answer)",
    ]
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  static let opening = [
    WSConformanceCase("a refusal is a value with its problem") { medium in
      let problem =
        #"{"type":"https://example.com/problems/unknown","title":"Unknown","status":404}"#
      let options = WSServer.Options { _ in
        .refuse(
          .notFound, headers: [.contentType: "application/problem+json"],
          body: Array(problem.utf8))
      }
      try await medium.serveEcho(options) { transport in
        let driver = WSDriver(HTTPDriver(transport))
        let refusal = try await driver.expectRefusal("/ws/9")
        #expect(refusal.reason == "status 404, expected 101")
        try refusal.exchange.expectProblem(
          status: .notFound, type: "https://example.com/problems/unknown")
        guard case .refused = try await driver.outcome("/ws/9", { _ in }) else {
          Issue.record("expected a refusal")
          return
        }
      }
    },
    WSConformanceCase("an answer that is cut off is no answer") { medium in
      let options = WSServer.Options { _ in .bytes(Array("HTTP/1.1 1".utf8), then: .close) }
      try await medium.serveEcho(options) { transport in
        let outcome = try await WSDriver(HTTPDriver(transport)).outcome("/") { _ in }
        guard case .failed = outcome else {
          Issue.record("expected no answer")
          return
        }
      }
    },
    WSConformanceCase("a server that has ended refuses the connection") { medium in
      var codes: [HTTPExchangeError.Code?] = []
      // Another test may be given its port meanwhile.
      while codes.count < 3, codes.last != .connectionRefused {
        var last: HTTPTransport?
        try await medium.serveEcho { last = $0 }
        let transport = try #require(last)
        let outcome = try await WSDriver(HTTPDriver(transport)).outcome("/") { _ in }
        if case .failed(let error) = outcome { codes.append(error.code) } else { codes.append(nil) }
      }
      #expect(codes.last == .connectionRefused, "\(codes)")
    },
    WSConformanceCase("the server takes one of the subprotocols") { medium in
      try await medium.serveEcho(WSServer.Options(subprotocols: ["v2", "v1"])) { transport in
        let driver = WSDriver(HTTPDriver(transport))
        try await driver.connect("/", subprotocols: ["v0", "v1", "v2"]) {
          #expect($0.subprotocol == "v1")
        }
        try await driver.connect("/", subprotocols: ["v0"]) { #expect($0.subprotocol == nil) }
        try await driver.connect("/") { #expect($0.subprotocol == nil) }
      }
    },
    WSConformanceCase("header fields and cookies go both ways") { medium in
      let options = WSServer.Options { request in
        request.headerFields[.cookie] == nil
          ? .accept(headers: [.setCookie: "session=7; Path=/"]) : .accept()
      }
      try await medium.serve(options) { peer in
        let fields = peer.request.headerFields
        try peer.send(text: "\(fields[.authorization] ?? "-"), \(fields[.cookie] ?? "-")")
        try await peer.expectClose()
      } _: { transport in
        let http = HTTPDriver(transport).keepingCookies()
        for cookie in ["-", "session=7"] {
          try await WSDriver(http).connect("/", headers: [.authorization: "Test a"]) { socket in
            _ = try await socket.expectNext(.text("Test a, \(cookie)"))
          }
        }
      }
    },
    WSConformanceCase("a first frame that comes along with the 101 is not lost") { medium in
      for ending in [WSServer.Ending.hold, .close] {
        let options = WSServer.Options { request in
          .bytes(
            acceptance(of: request) + WSFrame(.text, Array("first".utf8)).bytes(sentBy: .server)
              + WSFrame(.binary, [1, 2]).bytes(sentBy: .server), then: ending)
        }
        try await medium.serveEcho(options) { transport in
          try await WSDriver(HTTPDriver(transport)).connect("/") { socket in
            try await socket.expectNext(.text("first"))
            try await socket.expectNext(.binary([1, 2]))
          }
        }
      }
    },
    WSConformanceCase("half a first frame with the 101 waits for its rest") { medium in
      let frame = WSFrame(.text, Array("first".utf8)).bytes(sentBy: .server)
      let options = WSServer.Options { request in
        .bytes(acceptance(of: request) + frame.dropLast(), then: .close)
      }
      try await medium.serveEcho(options) { transport in
        try await WSDriver(HTTPDriver(transport)).connect("/") { socket in
          let closure = try await socket.expectClose(code: .abnormalClosure)
          #expect(closure.cause == .connectionClosed)
          #expect(try await socket.collectUntilClose().isEmpty)
        }
      }
    },
  ]
}
