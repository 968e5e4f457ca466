import Foundation
import HTTPTypes
import HarnessLoopback
import Testing

@testable import HTTPDriver

@Suite struct `A content coding` {
  /// Enough for several steps of the compressor, of bytes that do not repeat too much.
  static let long = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }

  @Test(arguments: HTTPContentCoding.allCases, [[], Array("hello".utf8), long])
  func `gives back what went in`(_ coding: HTTPContentCoding, _ bytes: [UInt8]) throws {
    let encoder = try #require(ContentEncoder(coding))
    var encoded: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 7_001) {
      encoded += encoder.encode(Array(bytes[start..<min(start + 7_001, bytes.count)]))
    }
    encoded += encoder.finish()
    #expect(try ContentDecoder.decode(encoded, coding, limit: bytes.count) == bytes)
  }

  /// Made by `gzip` and by Python's zlib.
  static let foreign: [(HTTPContentCoding, String)] = [
    // `gzip -n`, the same with the name of a file, and in two members.
    (.gzip, "1f8b0800000000000003cb48cdc9c9070086a6103605000000"),
    (.gzip, "1f8b0808000000000003612e74787400cb48cdc9c9070086a6103605000000"),
    (
      .gzip,
      "1f8b0800000000000003cb480500876625d1020000001f8b0800000000000003cbc9c9070034b3c9aa03000000"
    ),
    // zlib.compress(b"hello")
    (.deflate, "789ccb48cdc9c90700062c0215"),
  ]

  @Test(arguments: foreign.indices)
  func `is read as others write it`(_ index: Int) throws {
    let (coding, hex) = Self.foreign[index]
    let decoded = try ContentDecoder.decode(bytes(hex), coding, limit: 100)
    #expect(String(decoding: decoded, as: UTF8.self) == "hello")
  }

  @Test func `may have several members`() throws {
    var encoded: [UInt8] = []
    for part in ["hel", "lo"] {
      let encoder = try #require(ContentEncoder(.gzip))
      encoded += encoder.encode(Array(part.utf8)) + encoder.finish()
    }
    let decoded = try ContentDecoder.decode(encoded, .gzip, limit: 5)
    #expect(String(decoding: decoded, as: UTF8.self) == "hello")
  }

  @Test(arguments: HTTPContentCoding.allCases)
  func `cut off or changed anywhere is an error, never a trap`(_ coding: HTTPContentCoding) throws {
    let encoder = try #require(ContentEncoder(coding))
    let encoded = encoder.encode(Array("hello, hello, hello".utf8)) + encoder.finish()
    for count in 0..<encoded.count {
      #expect(throws: ContentCodingFault.self) {
        try ContentDecoder.decode(Array(encoded[..<count]), coding, limit: 1_000)
      }
    }
    var silent = 0
    for index in encoded.indices {
      for bit in 0..<8 {
        var changed = encoded
        changed[index] ^= 1 << bit
        if (try? ContentDecoder.decode(changed, coding, limit: 1_000)) != nil { silent += 1 }
      }
    }
    // Time, extra flags and system of the header, which no sum protects (RFC 1952, section 2.3.1).
    #expect(silent <= 6 * 8 + 8)
  }

  @Test func `is held to a limit`() throws {
    let encoder = try #require(ContentEncoder(.gzip))
    let bomb = encoder.encode(Array(repeating: 0, count: 10 << 20)) + encoder.finish()
    #expect(bomb.count < 20_000)
    #expect(throws: ContentCodingFault.tooLong(limit: 1 << 20)) {
      try ContentDecoder.decode(bomb, .gzip, limit: 1 << 20)
    }
  }

  @Test(arguments: Reach.allCases)
  func `goes through a driver in both directions`(reach: Reach) async throws {
    let mirror: HTTPHandler = { request, body in
      let coding = request.headerFields[.contentEncoding] ?? "none"
      #expect(request.headerFields[.acceptEncoding] == "gzip, deflate")
      let bytes = try await body.bytes()
      let plain = try ContentDecoder.decode(bytes, .gzip, limit: 1_000)
      return HTTPReply(.ok, .text("\(coding) \(plain.count)").compressed(.deflate))
    }
    try await reach.drive(mirror) { http in
      let exchange = try await http.accepting(.gzip, .deflate)
        .post("/", .text("hello hello hello").compressed(.gzip)).expect(status: .ok)
      #expect(exchange.text == "gzip 17")
      #expect(exchange.encodedBody.first == 0x78)
    }
  }

  @Test func `that is damaged fails the exchange`() async throws {
    let http = HTTPDriver(
      .handler { _, _ in HTTPReply(.ok, .text("no gzip"), headers: [.contentEncoding: "gzip"]) })
    let error = try #require(await http.accepting(.gzip).outcome(.get, "/").error)
    #expect(error.code == .contentCodingFailed)
    #expect(
      error.reason
        == "the body's gzip cannot be undone: it does not begin as gzip (RFC 1952, section 2.3.1)")
    #expect(try await http.get("/").text == "no gzip")
  }

  private func bytes(_ hex: String) -> [UInt8] {
    var digits = hex.filter { $0 != " " }[...]
    var bytes: [UInt8] = []
    while let byte = UInt8(digits.prefix(2), radix: 16), digits.count >= 2 {
      bytes.append(byte)
      digits = digits.dropFirst(2)
    }
    return bytes
  }
}
