import Foundation
import HTTPDriver
import HarnessLoopback
import Testing

@Suite struct `Multipart forms` {
  @Test func `keep their order, repeated names and own headers`() async throws {
    let body = HTTPBody.multipart(boundary: "XX") {
      FilePart("file", .bytes(Array("PK".utf8)), filename: "a.xlsx", contentType: "application/zip")
      FieldPart("tag", "a")
      FieldPart("tag", "b", contentType: "text/plain", headers: [.init("X-Part")!: "7"])
    }
    let text = try await String(decoding: body.bytes(), as: UTF8.self)
    #expect(
      text.split(separator: "\r\n", omittingEmptySubsequences: false) == [
        "--XX",
        "Content-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"",
        "Content-Type: application/zip", "", "PK",
        "--XX", "Content-Disposition: form-data; name=\"tag\"", "", "a",
        "--XX", "Content-Disposition: form-data; name=\"tag\"", "Content-Type: text/plain",
        "X-Part: 7", "", "b",
        "--XX--", "",
      ])
    #expect(body.contentType == "multipart/form-data; boundary=XX")
    #expect(body.length == text.utf8.count)
  }

  @Test(
    "escape names as browsers do",
    arguments: [
      ("a\"b", "a%22b"), ("a\r\nb", "a%0D%0Ab"), ("bénéfice.xlsx", "bénéfice.xlsx"),
      ("100%", "100%"),
    ])
  func escaping(name: String, written: String) async throws {
    let body = HTTPBody.multipart(boundary: "XX") { FilePart("f", .bytes([]), filename: name) }
    let text = try await String(decoding: body.bytes(), as: UTF8.self)
    #expect(text.contains("filename=\"\(written)\"\r\n"))
  }

  @Test func `take parts from loops and conditions`() async throws {
    let withTag = true
    let body = HTTPBody.multipart(boundary: "XX") {
      for name in ["a", "b"] { FieldPart(name, "1") }
      if withTag { FieldPart("tag", "x") }
      if !withTag { FieldPart("never", "x") } else { FieldPart("else", "x") }
    }
    let text = try await String(decoding: body.bytes(), as: UTF8.self)
    let names = text.split(separator: "\"").enumerated().filter { $0.offset % 2 == 1 }.map(
      \.element)
    #expect(names == ["a", "b", "tag", "else"])
  }

  @Test func `an empty form is only its end`() async throws {
    let body = HTTPBody.multipart(boundary: "XX") {}
    #expect(try await body.bytes() == Array("--XX--\r\n".utf8))
  }

  @Test func `read files from disk, named by their path`() async throws {
    try await withTemporaryFile("report.csv", Array(repeating: 65, count: 200_000)) { path in
      let body = HTTPBody.multipart(boundary: "XX") { FilePart("file", .path(path)) }
      let bytes = try await body.bytes()
      #expect(body.length == bytes.count)
      let head = String(decoding: bytes.prefix(120), as: UTF8.self)
      #expect(head.contains("filename=\"report.csv\"\r\nContent-Type: text/csv\r\n\r\nAAAA"))
      #expect(bytes.filter { $0 == 65 }.count == 200_000)
    }
  }

  @Test func `name a file that cannot be read`() async throws {
    let body = HTTPBody.multipart { FilePart("file", .path("/nowhere/a.xlsx")) }
    await #expect { try await body.bytes() } throws: { error in
      "\(error)" == "the file /nowhere/a.xlsx cannot be read"
    }
  }

  @Test(
    "refuse what would make another form of them",
    arguments: [
      (
        HTTPBody.multipart(boundary: "XX") { FieldPart("a", "1\r\n--XX--\r\n") },
        "the boundary \"XX\" stands in the content of the part \"a\""
      ),
      (
        .multipart(boundary: "a\r\nX: y") { FieldPart("a", "1") },
        "\"a\\r\\nX: y\" is no boundary (RFC 2046, section 5.1.1)"
      ),
      (
        .multipart(boundary: String(repeating: "x", count: 71)) { FieldPart("a", "1") },
        "\"\(String(repeating: "x", count: 71))\" is no boundary (RFC 2046, section 5.1.1)"
      ),
      (
        .multipart { FieldPart("a", "1", contentType: "text/plain\r\nX: y") },
        "\"text/plain\\r\\nX: y\" is no media type of the part \"a\""
      ),
    ])
  func refusals(body: HTTPBody, reason: String) async {
    await #expect {
      try await body.bytes()
    } throws: { error in
      "\(error)" == reason
    }
  }

  @Test func `quote a boundary that is no token`() {
    #expect(
      HTTPBody.multipart(boundary: "a b:c") {}.contentType
        == "multipart/form-data; boundary=\"a b:c\"")
  }

  @Test func `boundaries differ from form to form`() {
    let types = (0..<100).map { _ in HTTPBody.multipart {}.contentType }
    #expect(Set(types).count == 100)
  }
}
