import Testing

@testable import HarnessWebSocket

/// Bytes that one end may be sent, with what they are.
struct WireStream: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let role: WSRole
  let bytes: [UInt8]
  var settings: WSProtocol.Settings

  /// Bytes for a client, or with `to: .server` for a server.
  init(
    _ what: String, to role: WSRole = .client, deflate: WSDeflate.Agreement? = nil,
    limits: WSLimits = WSLimits(message: 1_000), _ bytes: [UInt8]
  ) {
    testDescription = what
    self.role = role
    self.bytes = bytes
    settings = WSProtocol.Settings()
    settings.deflate = deflate
    settings.limits = limits
    settings.makeMask = { 0x37fa_213d }
  }

  /// What comes of the bytes when they come in these pieces.
  func results(_ pieces: [ArraySlice<UInt8>]) -> Results {
    var end = WSProtocol(role, settings)
    for piece in pieces { end.receive(Array(piece)) }
    let (events, output) = end.takeResults()
    return Results(events: events, output: output, isReading: end.isReading)
  }

  struct Results: Equatable {
    let events: [WSProtocol.Event]
    let output: [UInt8]
    let isReading: Bool
  }

  /// A frame of a server, or of a client with `mask`, with any bits.
  static func frame(_ first: UInt8, _ payload: [UInt8] = [], mask: UInt32? = nil) -> [UInt8] {
    let frame = WSFrame(
      WSOpcode(rawValue: first & 0xf), payload, isFinal: first & 0x80 != 0,
      reserved: WSReservedBits(rawValue: first >> 4), masking: mask.map { .key($0) } ?? .none)
    return frame.bytes(sentBy: .server)
  }
}

extension WireStream {
  private static let text = Array("grüezi 👋, 日本 and plain ASCII that is longer than a word".utf8)

  /// What keeps to the rules, and what breaks each of them.
  static let corpus: [WireStream] = plain + breaches + compressed

  static let plain: [WireStream] = [
    WireStream("nothing", []),
    WireStream("an empty text", frame(0x81)),
    WireStream("text", frame(0x81, text)),
    WireStream(
      "text in fragments that cut characters", to: .client,
      frame(0x01, Array(text.prefix(3))) + frame(0x89, [1, 2])
        + frame(0x00, []) + frame(0x00, Array(text[3..<10])) + frame(0x8a)
        + frame(0x80, Array(text[10...]))),
    WireStream("lengths of 16 bits", frame(0x82, Array(repeating: 7, count: 200))),
    WireStream(
      "control frames between",
      frame(0x89, text.prefix(100) + []) + frame(0x81, [65]) + frame(0x8a, [1])),
    WireStream(
      "a close, and what follows it",
      frame(0x88, [0x03, 0xe8] + Array("bye".utf8)) + frame(0x81, [66])),
    WireStream("a close without a code", frame(0x88)),
    WireStream(
      "what a client sends", to: .server,
      frame(0x81, text, mask: 0x0102_0304) + frame(0x02, [1, 2, 3], mask: 0xffee_ddcc)
        + frame(0x89, [9], mask: 5) + frame(0x80, Array(repeating: 1, count: 300), mask: 0)
        + frame(0x88, [0x03, 0xe9], mask: 77)),
    WireStream("half a frame", Array(frame(0x81, text).dropLast(4))),
    WireStream("half a header", [0x82, 127, 0, 0, 0, 0, 0, 1]),
  ]

  static let breaches: [WireStream] =
    `The WebSocket protocol`.breaches.map {
      WireStream($0.testDescription, frame(0x81, [66]) + $0.bytes + frame(0x81, [67]))
    } + [WireStream("an unmasked frame of a client", to: .server, frame(0x81, [65]))]

  static func compressed(
    _ messages: [WSMessage], _ agreement: WSDeflate.Agreement = .init()
  ) -> [UInt8] {
    var settings = WSProtocol.Settings()
    settings.deflate = agreement
    var server = WSProtocol(.server, settings)
    for message in messages { _ = server.send(message) }
    return server.takeResults().output
  }

  static var alone: WSDeflate.Agreement {
    var agreement = WSDeflate.Agreement()
    agreement.serverNoContextTakeover = true
    agreement.clientNoContextTakeover = true
    return agreement
  }

  static let compressed: [WireStream] = {
    let any = WSDeflate.Agreement()
    let json = WSMessage.text("{\"stage\":\"validation\",\"percent\":10,\"name\":\"grüezi 👋\"}")
    let hello: [UInt8] = [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]
    let bomb = compressed([.binary(Array(repeating: 0, count: 100_000))])
    let broken = compressed([.text(String(repeating: "ab", count: 40) + "é")])
    return [
      WireStream(
        "compressed messages", deflate: any,
        compressed([json, json, .text(""), .binary([0, 255]), json])),
      WireStream("compressed one by one", deflate: alone, compressed([json, json], alone)),
      WireStream(
        "a compressed message among plain ones", deflate: any,
        frame(0x81, [65]) + compressed([json]) + frame(0x82, [66]) + frame(0xc1, hello)),
      WireStream(
        "fragments of a compressed message", deflate: any,
        frame(0x41, [0xf2, 0x48, 0xcd]) + frame(0x89, [1]) + frame(0x00)
          + frame(0x80, [0xc9, 0xc9, 0x07, 0x00])),
      WireStream(
        "a final block, and a message that refers to what it held", deflate: any,
        frame(0xc1, [0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00])
          + frame(0xc1, [0xf2, 0x00, 0x11, 0x00, 0x00])),
      WireStream(
        "a final block without what follows it", deflate: any,
        frame(0xc1, [0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]) + frame(0xc1, hello)),
      WireStream("data that is no DEFLATE", deflate: any, frame(0xc1, [0x07, 0xff, 0xff])),
      WireStream(
        "DEFLATE that turns bad behind good text", deflate: any,
        frame(0xc1, Array(hello.dropLast()) + [0x06, 0xff, 0xff, 0xff])),
      WireStream("a message that ends within a block", deflate: any, frame(0xc1, [0xf2, 0x48])),
      WireStream(
        "a stored block that is cut off", deflate: any,
        frame(0xc2, [0x00, 0x05, 0x00, 0xfa, 0xff, 1])),
      WireStream(
        "compressed text that is not UTF-8", deflate: any,
        frame(0xc1, Array(compressed([.binary([65, 66, 0xff, 67])])[2...]))),
      WireStream(
        "compressed text that ends within a character", deflate: any,
        frame(0xc1, Array(compressed([.binary([65, 0xc3])])[2...]))),
      WireStream("a bomb", deflate: any, bomb),
      WireStream(
        "a bomb in text that is not UTF-8", deflate: any,
        frame(
          0xc1, Array(compressed([.binary([65, 0xff] + Array(repeating: 0, count: 5_000))])[2...]))),
      WireStream(
        "a message that grows too much", deflate: any,
        limits: WSLimits(message: 1 << 20, inflation: 10), bomb),
      WireStream(
        "empty blocks without end", deflate: any,
        frame(0x42, Array(repeating: [0x00, 0x00, 0x00, 0xff, 0xff], count: 500).flatMap { $0 })),
      WireStream("RSV1 in a continuation", deflate: any, frame(0x41, [0xf2]) + frame(0xc0, [0x48])),
      WireStream("RSV1 in a ping", deflate: any, frame(0xc9)),
      WireStream("RSV2", deflate: any, frame(0xa1)),
      WireStream("RSV1 and RSV3", deflate: any, frame(0xd1)),
      WireStream(
        "a compressed message that is damaged in its middle", deflate: any,
        broken.enumerated().map { $0.offset == broken.count / 2 ? $0.element ^ 0x55 : $0.element }),
    ]
  }()
}
