import HTTPTypes
import HarnessLoopback
import Testing

@testable import HTTPDriver

@Suite struct `What is kept of exchanges` {
  let handler: HTTPHandler = { _, body in HTTPReply(.ok, .bytes(try await body.bytes())) }

  @Test(arguments: Reach.allCases)
  func `is nothing where nothing is wanted, and the response all the same`(reach: Reach)
    async throws
  {
    try await reach.drive(handler) { plain in
      let http = plain.capturing(.nothing)
      for _ in 0..<3 {
        let exchange = try await http.post("/", .text("secretly")).expect(status: .ok)
        #expect(exchange.text == "secretly")
        #expect(exchange.record.sent.head.isEmpty && exchange.record.sent.count == 8)
      }
      #expect(http.journal.evidence.isEmpty)
      let texts = try await failureTexts {
        try await http.post("/", .text("secretly")).expect(status: .created)
      }
      let text = try #require(texts.first)
      #expect(text.hasPrefix("POST /: status 200, expected 201\n"))
      #expect(text.contains("\n            8 bytes\n"), "\(text)")
      #expect(text.hasSuffix(" # without the body of 8 bytes, which was not kept"), "\(text)")
      // The same transport, with a journal.
      for _ in 0..<2 { _ = try await plain.post("/", .text("a")) }
      #expect(plain.journal.evidence.count == 1)
    }
  }
}
