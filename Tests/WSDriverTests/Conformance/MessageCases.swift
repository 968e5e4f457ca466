import Testing
import WSDriver

extension WSConformanceCase {
  static let messages = [
    WSConformanceCase("messages of each length and kind come back") { medium in
      try await medium.serveEcho { transport in
        try await WSDriver(HTTPDriver(transport)).connect("/") { socket in
          for count in [0, 1, 125, 126, 65_535, 65_536, 300_000] {
            let text = String(repeating: "x", count: count)
            try socket.send(text: text)
            #expect(try await socket.next() == .text(text))
            let bytes = [UInt8](repeating: 0xff, count: count)
            try socket.send(binary: bytes)
            #expect(try await socket.next() == .binary(bytes))
          }
          try await socket.expectNone()
        }
      }
    },
    WSConformanceCase("compressed messages come back") { medium in
      for offer in [
        WSDeflate(),
        WSDeflate(
          serverNoContextTakeover: true, clientNoContextTakeover: true, serverMaxWindowBits: 9,
          clientMaxWindowBits: 10),
      ] {
        try await medium.serveEcho(WSServer.Options(WSOptions(compression: WSDeflate()))) {
          transport in
          try await WSDriver(HTTPDriver(transport), compression: offer).connect("/") { socket in
            #expect(socket.compression?.serverWindowBits == offer.serverMaxWindowBits ?? 15)
            let text = String(repeating: "{\"stage\":\"grüezi 👋\"}", count: 5_000)
            for _ in 0..<3 {
              try socket.send(text: text)
              #expect(try await socket.next() == .text(text))
            }
            #expect(socket.transcript.contains(", inflated \(text.utf8.count)"))
          }
        }
      }
    },
    WSConformanceCase("frames that come byte by byte are the same messages") { medium in
      try await medium.serve { peer in
        let frames = [
          WSFrame(.text, Array("grü".utf8.dropLast()), isFinal: false), WSFrame(.ping, [1]),
          WSFrame(.continuation, Array("ü".utf8.suffix(1) + "ezi".utf8)),
          WSFrame(.binary, Array(repeating: 7, count: 200)),
        ]
        let bytes = frames.flatMap { $0.bytes(sentBy: .server) }
        await peer.send(raw: bytes, inPiecesOf: 1)
        peer.send(raw: bytes)
        try await peer.expectClose()
      } _: { transport in
        try await WSDriver(HTTPDriver(transport)).connect("/") { socket in
          for _ in 0..<2 {
            try await socket.expectNext(.text("grüezi"))
            try await socket.expectNext(.binary(Array(repeating: 7, count: 200)))
          }
        }
      }
    },
    WSConformanceCase("what a peer has no room for waits, and arrives in order") { medium in
      let count = 64
      let sent = Signal<Void>("sent")
      try await medium.serve { peer in
        peer.stopReading()
        try peer.send(text: "send")
        try await sent.value()
        peer.resumeReading()
        for number in 0..<count {
          try await peer.expectNext(
            .binary(Array(repeating: UInt8(number), count: 128 << 10)), within: .seconds(60))
        }
        try peer.send(text: "all")
        try await peer.expectClose()
      } _: { transport in
        try await WSDriver(HTTPDriver(transport)).connect("/") { socket in
          try await socket.expectNext(.text("send"))
          for number in 0..<count {
            try socket.send(binary: Array(repeating: UInt8(number), count: 128 << 10))
          }
          sent.send()
          try await socket.expectNext(.text("all"), within: .seconds(60))
        }
      }
    },
    WSConformanceCase("the absence of a message is proven by a ping") { medium in
      try await medium.serve { peer in
        try await peer.expectNext(.text("now"))
        try peer.send(text: "late")
        try await peer.expectClose()
      } _: { transport in
        try await WSDriver(HTTPDriver(transport)).connect("/") { socket in
          try await socket.expectNone()
          try socket.send(text: "now")
          try await socket.expectNext(.text("late"))
          try await socket.expectNone()
        }
      }
    },
    WSConformanceCase("a wait that is missed fails once, with the frames") { medium in
      try await medium.serve { peer in
        try peer.send(text: "early")
        try await peer.expectClose(code: .goingAway)
      } _: { transport in
        try await withKnownIssue {
          try await WSDriver(HTTPDriver(transport)).connect("/ws/7") { socket in
            try await socket.expectNext(.text("early"))
            _ = try await socket.next(within: .milliseconds(10))
          }
        } matching: { issue in
          let text = issue.comments.map(\.rawValue).joined()
          return text.hasPrefix("WebSocket /ws/7: no message within ") && text.contains("early")
        }
      }
    },
  ]
}
