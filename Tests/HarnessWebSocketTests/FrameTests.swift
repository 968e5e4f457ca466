import Testing

@testable import HarnessWebSocket

@Suite struct `A frame that is sent as it is` {
  struct Case: Sendable {
    let frame: WSFrame
    let role: WSRole
    let bytes: String

    init(_ frame: WSFrame, by role: WSRole = .server, _ bytes: String) {
      (self.frame, self.role, self.bytes) = (frame, role, bytes)
    }
  }

  @Test(arguments: [
    Case(WSFrame(.text, [65]), "81 01 41"),
    Case(WSFrame(.text, [65]), by: .client, "81 81 37 fa 21 3d 76"),
    Case(WSFrame(.text, [65], masking: .none), by: .client, "81 01 41"),
    Case(WSFrame(.text, [65], masking: .key(0x0100_0000)), "81 81 01 00 00 00 40"),
    Case(WSFrame(.ping, isFinal: false, reserved: [.rsv2, .rsv3]), "39 00"),
    Case(WSFrame(WSOpcode(rawValue: 0xb), reserved: .rsv1), "cb 00"),
    Case(WSFrame(.binary, [1], length: .in16Bits), "82 7e 00 01 01"),
    Case(WSFrame(.binary, [1], length: .in64Bits), "82 7f 00 00 00 00 00 00 00 01 01"),
    Case(WSFrame(.binary, [1], length: .claimed(2)), "82 02 01"),
    Case(WSFrame(.binary, [], length: .claimed(300)), "82 7e 01 2c"),
    Case(WSFrame(.binary, [], length: .claimed(.max)), "82 7f ff ff ff ff ff ff ff ff"),
    Case(.close(1000, reason: "x"), "88 03 03 e8 78"),
  ])
  func `has exactly its bytes`(_ wrong: Case) {
    #expect(hex(wrong.frame.bytes(sentBy: wrong.role) { 0x37fa_213d }) == wrong.bytes)
  }

  @Test func `may follow a close frame`() {
    var client = `The WebSocket protocol`.end(.client)
    client.send(WSFrame.close(1000))
    let hasSentClose = client.hasSentClose
    #expect(hasSentClose)
    let sent = client.send(.text("a"))
    #expect(!sent)
    client.send(WSFrame(.text, [65], masking: .none))
    #expect(hex(client.takeResults().output).hasSuffix("81 01 41"))
  }
}

@Suite struct `An end that plays a part` {
  static func client(_ change: (inout WSProtocol.Settings) -> Void) -> WSProtocol {
    var settings = WSProtocol.Settings()
    change(&settings)
    return WSProtocol(.client, settings)
  }

  @Test func `answers neither pings nor a close where it is told so`() {
    var client = Self.client { settings in
      settings.answersPings = false
      settings.answersClose = false
    }
    client.receive([0x89, 1, 7, 0x88, 0])
    let (events, output) = client.takeResults()
    #expect(output.isEmpty)
    #expect(events.contains(.ping([7])))
    #expect(events.last == .closed(.noCode, reason: ""))
  }

  @Test func `keeps no frames where it is told so`() {
    var client = Self.client { $0.recordsFrames = false }
    client.receive([0x81, 1, 65])
    _ = client.send(.text("a"))
    #expect(client.takeResults().events == [.message(.text("A"))])
  }

  /// Source: RFC 6455, section 5.5.3.
  @Test func `answers only the latest ping of a peer that does not read`() {
    var client = Self.client { $0.recordsFrames = false }
    client.setCongested(true)
    for number in 0..<100 as Range<UInt8> { client.receive([0x89, 1, number]) }
    #expect(client.takeResults().output.isEmpty)
    client.setCongested(false)
    var server = WSProtocol(.server)
    server.receive(client.takeResults().output)
    #expect(server.takeResults().events.last == .pong([99]))
    client.setCongested(false)
    #expect(client.takeResults().output.isEmpty)
  }
}

@Suite struct `The key of a handshake` {
  /// Source: FIPS 180, the examples for SHA-1.
  @Test(
    arguments: [
      ("", "da 39 a3 ee 5e 6b 4b 0d 32 55 bf ef 95 60 18 90 af d8 07 09"),
      ("abc", "a9 99 3e 36 47 06 81 6a ba 3e 25 71 78 50 c2 6c 9c d0 d8 9d"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "84 98 3e 44 1c 3b d2 6e ba ae 4a a1 f9 51 29 e5 e5 46 70 f1"
      ),
      (
        String(repeating: "a", count: 1_000),
        "29 1e 9a 6c 66 99 49 49 b5 7b a5 e6 50 36 1e 98 fc 36 b1 ba"
      ),
    ])
  func `hashes with SHA-1`(text: String, digest: String) {
    #expect(hex(sha1(Array(text.utf8))) == digest)
  }

  /// Source: RFC 6455, section 1.3.
  @Test func `is answered as in the RFC's example`() {
    #expect(WSHandshakeKey("dGhlIHNhbXBsZSBub25jZQ==").answer == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
  }

  @Test func `is sixteen bytes in base64`() {
    #expect(WSHandshakeKey.random().isWellFormed)
    #expect(WSHandshakeKey.random() != .random())
    for wrong in [
      "", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZQ=A", "dGhlIHNhbXBsZSBub25jZR==",
      "dGhlIHNhbXBsZSBub25jZQAA", "dGhlIHNhbXBsZSBub25j Q==",
    ] {
      #expect(!WSHandshakeKey(wrong).isWellFormed)
    }
  }
}
