import Testing

@testable import HarnessWebSocket

@Suite struct `The WebSocket protocol` {
  typealias Event = WSProtocol.Event

  static func end(_ role: WSRole, limit: Int = 1_000) -> WSProtocol {
    var settings = WSProtocol.Settings()
    settings.limits.message = limit
    settings.makeMask = { 0x37fa_213d }
    return WSProtocol(role, settings)
  }

  /// A frame of a server, with any bits.
  static func frame(_ first: UInt8, _ payload: [UInt8] = []) -> [UInt8] {
    [first, UInt8(payload.count)] + payload
  }

  /// What a client makes of these bytes, apart from the record of frames.
  static func events(_ bytes: [UInt8], limit: Int = 1_000) -> [Event] {
    var client = end(.client, limit: limit)
    client.receive(bytes)
    return client.takeResults().events.filter { event in
      switch event {
      case .received, .sent: false
      default: true
      }
    }
  }

  @Test func `of both ends agrees`() {
    var client = Self.end(.client)
    var server = Self.end(.server)
    let messages: [WSMessage] = [
      .text(""), .text("grüezi"), .binary([]), .binary(Array(repeating: 7, count: 300)),
    ]
    for message in messages {
      let sent = client.send(message)
      #expect(sent)
      server.receive(client.takeResults().output)
      let (events, _) = server.takeResults()
      #expect(events.contains(.message(message)))
      let answered = server.send(message)
      #expect(answered)
      client.receive(server.takeResults().output)
      #expect(client.takeResults().events.contains(.message(message)))
    }
  }

  /// Source: RFC 6455, section 5.7.
  @Test func `has the bytes of the RFC's examples`() {
    #expect(Self.events([0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]) == [.message(.text("Hello"))])
    #expect(
      Self.events([0x01, 0x03, 0x48, 0x65, 0x6c, 0x80, 0x02, 0x6c, 0x6f])
        == [.message(.text("Hello"))])
    var client = Self.end(.client)
    _ = client.send(.text("Hello"))
    #expect(hex(client.takeResults().output) == "81 85 37 fa 21 3d 7f 9f 4d 51 58")
    client.receive([0x89, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f])
    #expect(hex(client.takeResults().output) == "8a 85 37 fa 21 3d 7f 9f 4d 51 58")
  }

  struct Breach: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let code: WSCloseCode

    init(_ what: String, _ bytes: [UInt8], _ code: WSCloseCode = .protocolError) {
      testDescription = what
      self.bytes = bytes
      self.code = code
    }
  }

  static let breaches: [Breach] =
    [
      Breach("a reserved bit is set in a text frame (RFC 6455, section 5.2)", [0xc1, 0]),
      Breach("a reserved bit is set in a ping frame (RFC 6455, section 5.2)", [0x99, 0]),
      Breach("a frame of the server is masked (RFC 6455, section 5.1)", [0x81, 0x80]),
      Breach("a ping frame is fragmented (RFC 6455, section 5.5)", [0x09, 0]),
      Breach("a ping frame has more than 125 bytes (RFC 6455, section 5.5)", [0x89, 126]),
      Breach(
        "the length 125 is not in its shortest form (RFC 6455, section 5.2)", [0x82, 126, 0, 125]),
      Breach(
        "the length 65535 is not in its shortest form (RFC 6455, section 5.2)",
        [0x82, 127, 0, 0, 0, 0, 0, 0, 0xff, 0xff]),
      Breach(
        "a length has its highest bit set (RFC 6455, section 5.2)",
        [0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0]),
      Breach(
        "a continuation without a message to continue (RFC 6455, section 5.4)", frame(0x80, [1])),
      Breach(
        "a continuation without a message to continue (RFC 6455, section 5.4)",
        frame(0x81, [65]) + frame(0x00, [66])),
      Breach(
        "a new message within a fragmented one (RFC 6455, section 5.4)",
        frame(0x01, [65]) + frame(0x81, [66])),
      Breach(
        "a text message is not UTF-8 (RFC 6455, section 8.1)", [0x81, 10, 65, 0xff],
        .invalidPayload),
      Breach(
        "the end of a text message is not UTF-8 (RFC 6455, section 8.1)", frame(0x81, [0xc3]),
        .invalidPayload),
      Breach(
        "a text message is not UTF-8 (RFC 6455, section 8.1)",
        frame(0x01, [0xc3]) + frame(0x80, [65]), .invalidPayload),
      Breach("a message is longer than 1000 bytes", [0x82, 126, 0x03, 0xe9], .messageTooBig),
      Breach(
        "a message is longer than 1000 bytes",
        [0x02, 126, 0x03, 0xe8] + Array(repeating: 0, count: 1_000) + [0x80, 1], .messageTooBig),
      Breach(
        "a message is longer than 1000 bytes",
        [0x02, 1, 65, 0x80, 127, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], .messageTooBig),
      Breach("a close frame has half a code (RFC 6455, section 5.5.1)", frame(0x88, [3])),
      Breach(
        "the reason of a close frame is not UTF-8 (RFC 6455, section 8.1)",
        frame(0x88, [0x03, 0xe8, 0xff]), .invalidPayload),
    ]
    + [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map { (opcode: UInt8) in
      Breach("opcode \(opcode) has no meaning (RFC 6455, section 5.2)", [0x80 | opcode, 0])
    }
    + [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535].map { (code: UInt16) in
      Breach(
        "a close frame has the code \(code) (RFC 6455, section 7.4)",
        frame(0x88, [UInt8(code >> 8), UInt8(code & 0xff)]))
    }

  @Test(arguments: breaches)
  func `closes at the first byte that breaks a rule`(_ breach: Breach) {
    let violation = WSViolation(code: breach.code, description: breach.testDescription)
    #expect(Self.events(breach.bytes).last == .failed(violation))
    var client = Self.end(.client)
    client.receive(breach.bytes)
    var server = Self.end(.server)
    server.receive(client.takeResults().output)
    // What the client sent is a close frame that a strict server takes.
    let (events, _) = server.takeResults()
    #expect(events.contains(.closed(breach.code, reason: "")))
    client.receive(Self.frame(0x81, [65]))
    #expect(client.takeResults().events.isEmpty)
  }

  @Test func `expects the client to mask`() {
    var server = Self.end(.server)
    server.receive(Self.frame(0x81, [65]))
    let (events, output) = server.takeResults()
    #expect(
      events.first
        == .failed(.protocolError("a frame of the client is not masked", "5.1")))
    #expect(hex(output) == "88 02 03 ea")
  }

  @Test(
    "echoes the code of a close frame",
    arguments: [1000, 1001, 1003, 1007, 1011, 1014, 3000, 4999] as [UInt16])
  func echo(code: UInt16) {
    var client = Self.end(.client)
    client.receive(Self.frame(0x88, [UInt8(code >> 8), UInt8(code & 0xff)] + Array("why".utf8)))
    let (events, output) = client.takeResults()
    #expect(events.contains(.closed(WSCloseCode(rawValue: code), reason: "why")))
    var server = Self.end(.server)
    server.receive(output)
    #expect(
      server.takeResults().events.contains(.closed(WSCloseCode(rawValue: code), reason: "")))
  }

  @Test func `closes once, each way`() {
    var client = Self.end(.client)
    client.close(.normalClosure, reason: "done")
    client.close(.goingAway)
    let (first, _) = client.takeResults()
    #expect(first.count == 1)
    let sent = client.send(.text("late"))
    #expect(!sent)
    let pinged = client.ping([])
    #expect(!pinged)
    // What the peer had sent before it saw the close frame still counts.
    client.receive(Self.frame(0x81, [65]) + Self.frame(0x88, [0x03, 0xe8]))
    let (events, output) = client.takeResults()
    #expect(events.contains(.message(.text("A"))))
    #expect(events.last == .closed(.normalClosure, reason: ""))
    #expect(output.isEmpty)
  }

  /// RFC 6455, section 5.5.2: unless it has received a close frame.
  @Test(arguments: [false, true])
  func `answers pings until the peer has closed`(isCongested: Bool) {
    var client = Self.end(.client)
    client.close(.normalClosure)
    _ = client.takeResults()
    client.setCongested(isCongested)
    client.receive(Self.frame(0x89, [7]))
    client.setCongested(false)
    let (events, output) = client.takeResults()
    #expect(!output.isEmpty)
    #expect(
      events.contains { if case .sent(let frame) = $0 { frame.opcode == .pong } else { false } })
    client.setCongested(isCongested)
    client.receive(Self.frame(0x88, [0x03, 0xe8]) + Self.frame(0x89, [8]))
    client.setCongested(false)
    #expect(client.takeResults().output.isEmpty)
  }

  @Test func `inflates without a limit`() {
    var settings = WSProtocol.Settings()
    settings.deflate = WSDeflate.Agreement()
    settings.limits = WSLimits(message: .max, inflation: nil)
    var client = WSProtocol(.client, settings)
    var server = WSProtocol(.server, settings)
    let sent = client.send(.text("Hello"))
    #expect(sent)
    server.receive(client.takeResults().output)
    #expect(server.takeResults().events.contains(.message(.text("Hello"))))
  }

  @Test func `cuts a reason that is too long, between characters`() {
    var client = Self.end(.client)
    client.close(.normalClosure, reason: String(repeating: "é", count: 100))
    var server = Self.end(.server)
    server.receive(client.takeResults().output)
    let reason = String(repeating: "é", count: 61)
    #expect(server.takeResults().events.contains(.closed(.normalClosure, reason: reason)))
  }

  @Test func `takes a close frame without a code for 1005`() {
    #expect(Self.events(Self.frame(0x88)) == [.closed(.noCode, reason: "")])
  }
}
