import HTTPTypes
import HarnessLoopback
import HarnessProcess
import Testing
import Waiters

@testable import HTTPDriver

@Suite struct `The line that repeats a request` {
  static func hasCurl() async -> Bool {
    (try? await run(Command("/bin/bash", ["-c", "curl --version"])).status.isSuccess) ?? false
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let method: HTTPRequest.Method
    let path: String
    var body = HTTPBody.empty
    var headers: HTTPFields = [:]
    var testDescription: String { "\(method) \(path)" }
  }

  static let cases = [
    Case(method: .get, path: "/a?b=1&c=%20'x'"),
    Case(method: .get, path: "/a?filter[x]={1,2}"),
    Case(method: .get, path: "/a/../b/./c", headers: [.init("X-Empty")!: "", .accept: "a/b"]),
    Case(method: .delete, path: "/$HOME`x`!"),
    Case(method: .post, path: "/text", body: .text("@home, it's\r\n\"grüezi\"\t")),
    Case(method: .put, path: "/bytes", body: .bytes(Array("a=1".utf8), contentType: nil)),
    Case(method: .patch, path: "/json", body: .json(["a": "\\ \u{1}"])),
    Case(method: .post, path: "/form", body: .form(["a b": "1&2"])),
    Case(
      method: .post, path: "/parts",
      body: .multipart(boundary: "XX") {
        FieldPart("tag", "@a;b=\"c\"")
        FieldPart("tag", "<d")
      }),
    Case(method: .post, path: "/gzip", body: .form(["a": "1"]).compressed(.gzip)),
    Case(method: .put, path: "/deflate", body: .file(#filePath).compressed(.deflate)),
    Case(
      method: .post, path: "/parts/gzip",
      body: .multipart(boundary: "XX") { FilePart("file", .path(#filePath)) }.compressed(.gzip)),
    Case(method: .post, path: "/chunks", body: .text("abc").inChunks([1])),
    Case(method: .post, path: "/chunks/file", body: .file(#filePath).inChunks([1_000])),
  ]

  @Test(.enabled("needs curl") { await hasCurl() }, arguments: cases)
  func `sends the same again`(_ repeated: Case) async throws {
    let requests = Mailbox<String>("requests")
    try await withHTTPServer({ request, body in
      requests.send(try await Self.shown(request, body))
      return HTTPReply()
    }) { server in
      let exchange = try await HTTPDriver(server.address).send(
        repeated.method, repeated.path, repeated.body, headers: repeated.headers)
      let sent = try await requests.next()
      let line = CurlLine(record: exchange.record).text
      try await withTemporaryFile(CurlLine.bodyFile, exchange.record.sent.head) { file in
        let folder = String(file.dropLast(CurlLine.bodyFile.utf8.count))
        let command = Command(
          "/bin/bash", ["-c", "\(line)".replacing("curl -i", with: "curl -sS -i")],
          workingDirectory: folder)
        let result = try await run(command)
        #expect(result.status.isSuccess, "\(line)")
        #expect(try await requests.next() == sent, "\(line)")
      }
    }
  }

  /// What must be the same: all but what every client says of itself, and the boundaries of forms.
  private static func shown(_ request: HTTPRequest, _ body: HTTPBody) async throws -> String {
    let type = request.headerFields[.contentType]
    let own: [HTTPField.Name] = [.contentType, .userAgent, .accept]
    let fields = request.headerFields.filter { field in
      !own.contains(field.name) || field.name == .accept && field.value != "*/*"
    }
    let isForm =
      type?.hasPrefix("multipart/") == true && request.headerFields[.contentEncoding] == nil
    let bytes = try await body.bytes()
    var text = String(validating: bytes, as: UTF8.self) ?? "\(bytes)"
    if isForm, let boundary = type?.split(separator: "=").last {
      text = text.replacing(boundary, with: "boundary")
    }
    let rows = fields.filter { !isForm || $0.name != .contentLength }.map {
      "\($0.name.canonicalName): \($0.value)"
    }.sorted()
    return
      ([
        "\(request.method) \(request.path ?? "")", isForm ? "form" : type ?? "no type", text,
      ] + rows).joined(separator: "\n")
  }
}
