import Testing

@testable import HarnessWebSocket

@Suite struct `Frame headers` {
  static func parse(_ bytes: [UInt8], from sender: WSRole) -> WSFrameHeader.Parsing {
    unsafe bytes.withUnsafeBytes { unsafe WSFrameHeader.parse($0, from: sender) }
  }

  @Test(
    "are written in their shortest form",
    arguments: [
      (0, "81 00"), (125, "81 7d"), (126, "81 7e 00 7e"), (0xffff, "81 7e ff ff"),
      (0x10000, "81 7f 00 00 00 00 00 01 00 00"),
    ])
  func lengths(length: Int, bytes: String) {
    let header = WSFrameHeader(opcode: .text, length: length)
    #expect(hex(header.bytes) == bytes)
    #expect(
      Self.parse(header.bytes, from: .server)
        == .complete(header, size: header.bytes.count))
  }

  @Test func `carry the mask behind the length`() {
    let header = WSFrameHeader(opcode: .binary, mask: 0x37fa_213d, length: 5)
    #expect(hex(header.bytes) == "82 85 37 fa 21 3d")
    #expect(Self.parse(header.bytes, from: .client) == .complete(header, size: 6))
  }

  @Test func `are incomplete up to their last byte`() {
    let bytes = WSFrameHeader(opcode: .text, mask: 1, length: 70_000).bytes
    for count in 0..<bytes.count {
      #expect(Self.parse(Array(bytes.prefix(count)), from: .client) == .incomplete)
    }
  }
}

@Suite struct `The payload mask` {
  @Test func `is the exclusive or with the key, over and over`() {
    let payload = (0..<100).map { UInt8($0) }
    let key: [UInt8] = [0x37, 0xfa, 0x21, 0x3d]
    let masked = payload.enumerated().map { $0.element ^ key[$0.offset % 4] }
    for cut in 0...payload.count {
      var mask = PayloadMask(key: 0x37fa_213d)
      var first = Array(payload[..<cut])
      mask.apply(to: &first)
      var both = first + payload[cut...]
      mask.apply(to: &both, from: cut)
      #expect(both == masked)
    }
  }

  @Test func `of the RFC's example`() {
    var bytes = Array("Hello".utf8)
    var mask = PayloadMask(key: 0x37fa_213d)
    mask.apply(to: &bytes)
    #expect(hex(bytes) == "7f 9f 4d 51 58")
  }
}

@Suite struct `The check of UTF-8` {
  static let samples: [[UInt8]] = [
    [], Array("plain ASCII, longer than eight bytes".utf8), Array("κόσμε, 日本, 👩🏽‍🚀".utf8),
    [0xc0, 0x80], [0xc1, 0xbf], [0xe0, 0x9f, 0xbf], [0xe0, 0xa0, 0x80], [0xed, 0x9f, 0xbf],
    [0xed, 0xa0, 0x80], [0xef, 0xbf, 0xbf], [0xf0, 0x8f, 0xbf, 0xbf], [0xf0, 0x90, 0x80, 0x80],
    [0xf4, 0x8f, 0xbf, 0xbf], [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0x80], [0xff],
    [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x98], [0xc3, 0x28], Array("12345678".utf8) + [0xff],
  ]

  @Test(arguments: samples)
  func `agrees with the standard library at every cut`(bytes: [UInt8]) {
    let isText = String(validating: bytes, as: UTF8.self) != nil
    for cut in 0...bytes.count {
      var check = UTF8Check()
      let accepted = check.accept(Array(bytes[..<cut])) && check.accept(bytes, from: cut)
      #expect((accepted && check.isComplete) == isText)
    }
  }

  @Test func `agrees with the standard library on random bytes`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      let bytes = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        Bool.random(using: &random)
          ? UInt8.random(in: 0x80...0xff, using: &random)
          : UInt8.random(in: 0...0x7f, using: &random)
      }
      var check = UTF8Check()
      let isText = check.accept(bytes) && check.isComplete
      #expect(isText == (String(validating: bytes, as: UTF8.self) != nil), "\(hex(bytes))")
    }
  }

  @Test func `fails at the first byte that cannot follow`() {
    var check = UTF8Check()
    let begun = check.accept([0xf4])
    #expect(begun)
    let goesOn = check.accept([0x90])
    #expect(!goesOn)
  }
}

func hex(_ bytes: [UInt8]) -> String {
  bytes.map { byte in
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0\(digits)" : digits
  }.joined(separator: " ")
}
