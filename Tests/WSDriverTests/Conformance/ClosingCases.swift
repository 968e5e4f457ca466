import Testing
import WSDriver

extension WSConformanceCase {
  static let closing = [
    WSConformanceCase("a close frame says who, why and with which code") { medium in
      for closer in [WSRole.server, .client] {
        try await medium.serve { peer in
          if closer == .server { peer.close(4001, reason: "done") }
          let closure = try await peer.expectClose(code: 4001)
          #expect(closure.closedBy == closer)
        } _: { transport in
          try await WSDriver(HTTPDriver(transport)).connect("/") { socket in
            if closer == .client { socket.close(4001, reason: "done") }
            let closure = try await socket.expectClose(code: 4001)
            #expect(closure.closedBy == closer)
            #expect(closure.isClean)
            if closer == .server { #expect(closure.reason == "done") }
          }
        }
      }
    },
    WSConformanceCase("1005, 1006 and a reset are kept apart") { medium in
      try await medium.serve { peer in
        // A reset may overtake the 101.
        try await peer.expectNext(.text("go"))
        switch peer.request.path {
        case "/1005": peer.close(.noCode)
        case "/1006": peer.hangUp()
        default: peer.hangUp(.reset)
        }
        _ = await peer.outcomeOfNext()
      } _: { transport in
        let driver = WSDriver(HTTPDriver(transport))
        let endings: [(String, WSCloseCode, WSClosure.Cause)] = [
          ("/1005", .noCode, .closeFrame), ("/1006", .abnormalClosure, .connectionClosed),
          (
            "/reset", .abnormalClosure,
            medium.hasResets ? .connectionReset : .connectionClosed
          ),
        ]
        for (path, code, cause) in endings {
          try await driver.connect(path) { socket in
            try socket.send(text: "go")
            let closure = try await socket.expectClose(code: code)
            #expect(closure.cause == cause, "\(path)")
            #expect(closure.isClean == (cause == .closeFrame), "\(path)")
          }
        }
      }
    },
    WSConformanceCase("a connection can be lost behind any byte of a frame") { medium in
      let frame = WSFrame(.text, Array("grüezi".utf8))
      let count = frame.bytes(sentBy: .server).count
      try await medium.serve { peer in
        let words = (peer.request.path ?? "").split(separator: "/")
        let cut = words.last.flatMap { Int($0) } ?? 0
        try await peer.expectNext(.text("go"))
        await peer.send(
          frame: frame, cutAfter: cut, then: words.first == "reset" ? .reset : .orderly)
      } _: { transport in
        let driver = WSDriver(HTTPDriver(transport))
        for way in ["orderly", "reset"] {
          for cut in 0...count {
            try await driver.connect("/\(way)/\(cut)") { socket in
              try socket.send(text: "go")
              let closure = try await socket.expectClose(code: .abnormalClosure)
              let isReset = way == "reset" && medium.hasResets
              #expect(closure.cause == (isReset ? .connectionReset : .connectionClosed))
              // A reset may overtake what was sent before it.
              guard !isReset else { return }
              #expect(try await socket.collectUntilClose().count == (cut == count ? 1 : 0))
            }
          }
        }
      }
    },
    WSConformanceCase("a client can be lost behind any byte of a frame") { medium in
      let frame = WSFrame(.text, Array("grüezi".utf8))
      let count = frame.bytes(sentBy: .client).count
      struct Loss: Sendable {
        let closure: WSClosure
        let messages: Int
      }
      let losses = Mailbox<Loss>("losses that the server saw")
      try await medium.serve { peer in
        let closure = try await peer.expectClose(code: .abnormalClosure)
        losses.send(
          Loss(closure: closure, messages: try await peer.collectUntilClose().count))
      } _: { transport in
        let driver = WSDriver(HTTPDriver(transport))
        for way in [WSSocket.HangUp.orderly, .reset] {
          for cut in 0...count {
            try await driver.connect("/") { socket in
              await socket.send(frame: frame, cutAfter: cut, then: way)
            }
            let loss = try await losses.next()
            let isReset = way == .reset && medium.hasResets
            #expect(loss.closure.cause == (isReset ? .connectionReset : .connectionClosed))
            #expect(!loss.closure.isClean)
            // A reset may overtake what was sent before it.
            if !isReset { #expect(loss.messages == (cut == count ? 1 : 0)) }
          }
        }
      }
    },
    WSConformanceCase("a peer that has gone silent is found by a ping") { medium in
      try await medium.serve(WSServer.Options(WSOptions(behaviour: .silent))) { peer in
        try await peer.expectPing()
        try await peer.expectClose(code: .goingAway)
        peer.hangUp()
      } _: { transport in
        try await WSDriver(HTTPDriver(transport)).connect("/") { socket in
          try await withKnownIssue {
            try await socket.ping(within: .milliseconds(20))
          } matching: {
            $0.comments.first?.rawValue.hasPrefix("WebSocket /: no pong within ") == true
          }
          #expect(socket.closure == nil)
          socket.close(.goingAway)
          let closure = try await socket.expectClose(code: .abnormalClosure)
          #expect(closure.closedBy == .client)
          #expect(!closure.isClean)
        }
      }
    },
    WSConformanceCase("a rule that is broken ends it with the rule's code") { medium in
      // The server would go away with the body, and perhaps be the first.
      let hasSeen = Signal<WSClosure>("close at the server")
      try await medium.serve { peer in
        peer.send(frame: WSFrame(.text, [0xff]))
        hasSeen.send(try await peer.expectClose(code: .invalidPayload))
      } _: { transport in
        try await WSDriver(HTTPDriver(transport)).connect("/") { socket in
          let closure = try await socket.expectViolation(code: .invalidPayload)
          #expect(
            closure.cause == .violation("a text message is not UTF-8 (RFC 6455, section 8.1)"))
        }
        #expect(try await hasSeen.value().closedBy == .client)
      }
    },
    WSConformanceCase("a server that leaves says 1001") { medium in
      let server = Signal<WSSocket>("server's side")
      try await medium.serve { peer in
        server.send(peer)
        await peer.respond { $0 }
      } _: { transport in
        try await WSDriver(HTTPDriver(transport)).connect("/") { socket in
          let peer = try await server.value()
          peer.close(.goingAway)
          let closure = try await socket.expectClose(code: .goingAway)
          #expect(closure.closedBy == .server)
        }
      }
    },
    WSConformanceCase("every rule of the strictness suite is kept") { medium in
      let options = WSServer.Options(WSOptions(compression: WSDeflate()))
      try await medium.serveEcho(options) { transport in
        try await WSDriver(HTTPDriver(transport)).expectStrictness("/")
      }
    },
  ]
}
