import TestHarness
import Testing

@Suite struct `A part of a form made of a fixture` {
  @Test func `carries the file and its name`() async throws {
    let http = HTTPDriver(
      .handler { _, body in HTTPReply(.ok, .bytes(try await body.bytes())) })
    let sent = try await http.post(
      "/", .multipart { FilePart("file", .fixture("isx/expected.json")) })
    #expect(sent.text.contains(#"filename="expected.json""#))
    #expect(sent.text.contains(#""Company Name": "Commercial Bank of Iraq""#))
  }
}
