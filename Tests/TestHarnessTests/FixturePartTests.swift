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

  @Test func `fails the test where the fixture is missing`() async throws {
    let http = HTTPDriver(.handler { _, _ in HTTPReply(.ok) })
    try await withKnownIssue {
      _ = try await http.post("/", .multipart { FilePart("file", .fixture("missing.bin")) })
    } matching: { issue in
      issue.comments.contains { $0.rawValue.contains("missing.bin") }
    }
  }
}
