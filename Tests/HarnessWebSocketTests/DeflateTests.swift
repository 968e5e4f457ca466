import Testing

@testable import HarnessWebSocket

@Suite struct `Compressed messages` {
  static func events(
    _ bytes: [UInt8], limits: WSLimits = WSLimits(), _ agreement: WSDeflate.Agreement = .init()
  ) -> [WSProtocol.Event] {
    WireStream("", deflate: agreement, limits: limits, bytes).results([bytes[...]]).events
      .filter { event in
        switch event {
        case .received, .sent: false
        default: true
        }
      }
  }

  struct Example: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let texts: [String]
  }

  @Test(arguments: [
    Example(
      testDescription: "7.2.3.1: one block", bytes: [0xc1, 7, 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 7, 0],
      texts: ["Hello"]),
    Example(
      testDescription: "7.2.3.1: fragments",
      bytes: [0x41, 3, 0xf2, 0x48, 0xcd, 0x80, 4, 0xc9, 0xc9, 7, 0], texts: ["Hello"]),
    Example(
      testDescription: "7.2.3.2: the window is shared",
      bytes: [0xc1, 7, 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0xc1, 5, 0xf2, 0, 0x11, 0, 0],
      texts: ["Hello", "Hello"]),
    Example(
      testDescription: "7.2.3.3: a block without compression",
      bytes: [0xc1, 11, 0, 5, 0, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0], texts: ["Hello"]),
    Example(
      testDescription: "7.2.3.4: a final block",
      bytes: [0xc1, 8, 0xf3, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0], texts: ["Hello"]),
    Example(
      testDescription: "7.2.3.5: two blocks",
      bytes: [0xc1, 13, 0xf2, 0x48, 5, 0, 0, 0, 0xff, 0xff, 0xca, 0xc9, 0xc9, 7, 0],
      texts: ["Hello"]),
    Example(testDescription: "7.2.3.6: an empty message", bytes: [0xc1, 1, 0], texts: [""]),
    Example(
      testDescription: "a window that goes on behind a final block",
      bytes: [0xc1, 8, 0xf3, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0, 0xc1, 5, 0xf2, 0, 0x11, 0, 0],
      texts: ["Hello", "Hello"]),
  ])
  func `have the bytes of RFC 7692`(_ example: Example) {
    #expect(Self.events(example.bytes) == example.texts.map { .message(.text($0)) })
  }

  @Test func `refer to earlier ones only where that has been agreed on`() {
    var alone = WSDeflate.Agreement()
    alone.serverNoContextTakeover = true
    let bytes: [UInt8] = [
      0xc1, 7, 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0xc1, 5, 0xf2, 0, 0x11, 0, 0,
    ]
    #expect(
      Self.events(bytes, alone) == [
        .message(.text("Hello")), .failed(.notDeflate("a compressed message is no DEFLATE")),
      ])
  }

  @Test(
    arguments: [9, 10, 15], [false, true])
  func `of both ends agree`(bits: Int, alone: Bool) {
    var agreement = WSDeflate.Agreement()
    agreement.clientWindowBits = bits
    agreement.serverWindowBits = bits
    agreement.clientNoContextTakeover = alone
    agreement.serverNoContextTakeover = alone
    var settings = WSProtocol.Settings()
    settings.deflate = agreement
    var client = WSProtocol(.client, settings)
    var server = WSProtocol(.server, settings)
    var random = SystemRandomNumberGenerator()
    let noise = (0..<100_000).map { _ in UInt8.random(in: 0...255, using: &random) }
    let text = String(repeating: "{\"stage\":\"validation\",\"grüezi\":10}", count: 2_000)
    for message in [.text(""), .text(text), .text(text), .binary(noise), .binary([]), .text("a")]
      as [WSMessage]
    {
      _ = client.send(message)
      server.receive(client.takeResults().output)
      #expect(server.takeResults().events.contains(.message(message)))
      _ = server.send(message)
      let bytes = server.takeResults().output
      if message == .text(text) { #expect(bytes.count < text.utf8.count / 10) }
      client.receive(bytes)
      #expect(client.takeResults().events.contains(.message(message)))
    }
  }

  /// zlib makes a window of 9 bits where it is asked for 8, which a peer with 8 cannot read.
  @Test func `are not made for a window of 8 bits`() {
    var settings = WSProtocol.Settings()
    settings.deflate = WSDeflate.Agreement()
    settings.deflate?.serverWindowBits = 8
    var server = WSProtocol(.server, settings)
    _ = server.send(.text("Hello"))
    #expect(hex(server.takeResults().output) == "81 05 48 65 6c 6c 6f")
  }

  @Test func `are cut off at the limit while they are inflated`() {
    let bomb = WireStream.compressed([.binary(Array(repeating: 0, count: 50_000_000))])
    #expect(bomb.count < 250_000)
    #expect(
      Self.events(bomb, limits: WSLimits(message: 1 << 20)) == [.failed(.tooBig(limit: 1 << 20))])
    #expect(
      Self.events(bomb, limits: WSLimits(message: 1 << 30, inflation: 100))
        == [.failed(.expandsTooMuch(ratio: 100))])
  }

  @Test func `may have as many bytes as the limit says, and not one more`() {
    let exact = WireStream.compressed([.text(String(repeating: "a", count: 1_000))])
    #expect(Self.events(exact, limits: WSLimits(message: 1_000)).count == 1)
    #expect(
      Self.events(exact, limits: WSLimits(message: 1_000))
        == [.message(.text(String(repeating: "a", count: 1_000)))])
    #expect(
      Self.events(exact, limits: WSLimits(message: 999)) == [.failed(.tooBig(limit: 999))])
  }

  @Test func `may not hold blocks of nothing without end`() {
    let empty = Array(repeating: [0, 0, 0, 0xff, 0xff] as [UInt8], count: 500).flatMap { $0 }
    let bytes = WireStream.frame(0x42, empty)
    #expect(
      Self.events(bytes, limits: WSLimits(message: 1_000)) == [.failed(.tooBig(limit: 1_000))])
  }

  @Test func `tell what they were on the wire`() {
    var settings = WSProtocol.Settings()
    settings.deflate = WSDeflate.Agreement()
    var server = WSProtocol(.server, settings)
    _ = server.send(.text(String(repeating: "ab", count: 500)))
    let (sent, bytes) = server.takeResults()
    var client = WSProtocol(.client, settings)
    client.receive(bytes)
    let received = client.takeResults().events
    for event in [sent[0], received[0]] {
      switch event {
      case .sent(let record), .received(let record):
        #expect(record.size == bytes.count - 2)
        #expect(record.inflatedSize == 1_000)
        #expect(record.reserved == .rsv1)
        #expect(record.head.starts(with: Array("abab".utf8)))
      default: Issue.record("expected a frame")
      }
    }
  }
}
