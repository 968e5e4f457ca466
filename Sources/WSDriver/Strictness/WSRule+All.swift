import HarnessWebSocket

extension WSRule {
  /// The rules of RFC 6455 and RFC 7692 that can be seen from outside of a server.
  public static let all: [WSRule] =
    reserved + opcodes + masking + lengths + control + fragments + texts + closing + compression

  private static let failed: Expectation = .closes([.protocolError])
  private static let notText: Expectation = .closes([.invalidPayload])

  private static let reserved: [WSRule] = [
    WSRule("5.2", "RSV1 in a text frame", failed, WSFrame(.text, [65], reserved: .rsv1)),
    WSRule("5.2", "RSV2 in a text frame", failed, WSFrame(.text, [65], reserved: .rsv2)),
    WSRule("5.2", "RSV3 in a binary frame", failed, WSFrame(.binary, [65], reserved: .rsv3)),
    WSRule("5.2", "RSV1 in a ping", failed, WSFrame(.ping, [], reserved: .rsv1)),
    WSRule(
      "5.2", "all reserved bits in a close frame", failed,
      WSFrame(.close, [0x03, 0xe8], reserved: [.rsv1, .rsv2, .rsv3])),
  ]

  private static let opcodes: [WSRule] = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map {
    (number: UInt8) in
    WSRule("5.2", "opcode \(number)", failed, WSFrame(WSOpcode(rawValue: number), []))
  }

  private static let masking: [WSRule] = [
    WSRule("5.1", "a text frame without a mask", failed, WSFrame(.text, [65], masking: .none)),
    WSRule("5.1", "a ping without a mask", failed, WSFrame(.ping, [], masking: .none)),
    WSRule(
      "5.3", "a mask of zeros is a mask", .answersPing([1, 2]),
      WSFrame(.ping, [1, 2], masking: .key(0))),
  ]

  private static let lengths: [WSRule] = [
    WSRule(
      "5.2", "a length of 16 bits that fits into 7", failed,
      WSFrame(.binary, Array(repeating: 0, count: 125), length: .in16Bits)),
    WSRule(
      "5.2", "a length of 64 bits that fits into 16", failed,
      WSFrame(.binary, Array(repeating: 0, count: 300), length: .in64Bits)),
    {
      var rule = WSRule(
        "5.2", "a length with its highest bit", .closes([.protocolError, .messageTooBig]),
        WSFrame(.binary, [], length: .claimed(1 << 63)))
      rule.endsWithinFrame = true
      return rule
    }(),
  ]

  private static let control: [WSRule] = [
    WSRule(
      "5.5", "a ping in fragments", failed,
      WSFrame(.ping, [1], isFinal: false), WSFrame(.continuation, [2])),
    WSRule(
      "5.5", "a ping of 126 bytes", failed,
      WSFrame(.ping, Array(repeating: 1, count: 126))),
    WSRule(
      "5.5", "a close frame of 126 bytes", failed,
      WSFrame(.close, [0x03, 0xe8] + Array(repeating: 65, count: 124))),
    WSRule(
      "5.5.2", "a ping of 125 bytes is answered", .answersPing(Array(repeating: 7, count: 125)),
      WSFrame(.ping, Array(repeating: 7, count: 125))),
    WSRule("5.5.2", "a ping without a payload is answered", .answersPing([]), WSFrame(.ping)),
    WSRule(
      "5.5.2", "of many pings, the last at least is answered", .answersPing([9]),
      WSFrame(.ping, [1]), WSFrame(.ping, [2]), WSFrame(.ping, [3]), WSFrame(.ping, [9])),
    {
      var rule = WSRule(
        "5.5.2", "a ping that comes byte by byte is answered", .answersPing([5, 6]),
        WSFrame(.ping, [5, 6]))
      rule.isSlow = true
      return rule
    }(),
    WSRule("5.5.3", "a pong that nobody asked for", .goesOn, WSFrame(.pong, [1, 2, 3])),
  ]

  private static let fragments: [WSRule] = [
    WSRule("5.4", "a continuation without a message", failed, WSFrame(.continuation, [65])),
    WSRule(
      "5.4", "a continuation behind a whole message", failed,
      WSFrame(.binary, [65]), WSFrame(.continuation, [66])),
    WSRule(
      "5.4", "a message within a message", failed,
      WSFrame(.text, [65], isFinal: false), WSFrame(.text, [66])),
    WSRule(
      "5.4", "a ping within a message is answered", .answersPing([4]),
      WSFrame(.text, [65], isFinal: false), WSFrame(.ping, [4])),
  ]

  private static let texts: [WSRule] = {
    let wrong: [(String, [UInt8])] = [
      ("a byte that never is", [65, 0xff]), ("a continuation byte alone", [0x80]),
      ("an overlong form", [0xc0, 0xaf]), ("an overlong form of three bytes", [0xe0, 0x80, 0xaf]),
      ("a surrogate", [0xed, 0xa0, 0x80]), ("a scalar above U+10FFFF", [0xf4, 0x90, 0x80, 0x80]),
      ("a scalar that is cut off", [0xe2, 0x82]),
    ]
    return wrong.map { what, bytes in
      WSRule("8.1", "text with \(what)", notText, WSFrame(.text, bytes))
    } + [
      WSRule(
        "8.1", "text that turns wrong across frames", notText,
        WSFrame(.text, [0xe2], isFinal: false), WSFrame(.continuation, [0x28, 0xa1])),
      WSRule(
        "8.1", "a scalar across frames is text", .goesOn,
        WSFrame(.text, [0xe2], isFinal: false), WSFrame(.continuation, [0x82, 0xac])),
      WSRule("8.1", "binary is not text", .goesOn, WSFrame(.binary, [0xff, 0xfe])),
    ]
  }()

  private static let closing: [WSRule] =
    [
      WSRule("5.5.1", "a close frame with half a code", failed, WSFrame(.close, [3])),
      WSRule(
        "5.5.1", "a close frame without a code is answered", .answersClose(nil), WSFrame(.close)),
      WSRule(
        "5.5.1", "a message behind a close frame", .answersClose(.normalClosure),
        .close(.normalClosure), WSFrame(.text, [65])),
      WSRule(
        "8.1", "a reason that is not UTF-8", .closes([.invalidPayload, .protocolError]),
        WSFrame(.close, [0x03, 0xe8, 0xff])),
    ]
    + [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535].map { (code: UInt16) in
      WSRule("7.4", "the code \(code)", failed, .close(WSCloseCode(rawValue: code)))
    }
    + [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 4999].map { (code: UInt16) in
      WSRule(
        "7.4", "the code \(code) is answered", .answersClose(WSCloseCode(rawValue: code)),
        .close(WSCloseCode(rawValue: code), reason: "bye"))
    }

  private static let compression: [WSRule] = [
    WSRule(
      "7.2.2", "data that is no DEFLATE", .closes([.invalidPayload, .protocolError]),
      WSFrame(.text, [0x07, 0xff, 0xff], reserved: .rsv1), rfc: "RFC 7692"),
    WSRule(
      "6.1", "RSV1 in a continuation", failed,
      WSFrame(.text, [0xf2, 0x48, 0xcd], isFinal: false, reserved: .rsv1),
      WSFrame(.continuation, [0xc9, 0xc9, 0x07, 0x00], reserved: .rsv1), rfc: "RFC 7692"),
    WSRule(
      "6.1", "RSV1 in a ping of a compressed connection", failed,
      WSFrame(.ping, [], reserved: .rsv1), rfc: "RFC 7692"),
    WSRule(
      "6.1", "RSV2 in a compressed message", failed,
      WSFrame(.text, [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00], reserved: [.rsv1, .rsv2]),
      rfc: "RFC 7692"),
    WSRule(
      "7.2.2", "compressed text that is not UTF-8", notText,
      // One stored block with FF.
      WSFrame(.text, [0x00, 0x01, 0x00, 0xfe, 0xff, 0xff, 0x00], reserved: .rsv1), rfc: "RFC 7692"),
    WSRule(
      "7.2.3.4", "a final block", .goesOn,
      WSFrame(.text, [0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00], reserved: .rsv1),
      rfc: "RFC 7692"),
    WSRule(
      "6", "a message that is not compressed among those that are", .goesOn,
      WSFrame(.text, [65]), rfc: "RFC 7692"),
  ]
}
