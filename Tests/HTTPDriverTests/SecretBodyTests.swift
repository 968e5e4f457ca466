import Foundation
import HTTPTypes
import HarnessLoopback
import HarnessReporting
import Testing

@testable import HTTPDriver

@Suite struct `Secrets in bodies` {
  @Test func `are shown neither in the failure nor in the line that repeats it`() async throws {
    let http = HTTPDriver(
      .handler { _, _ in HTTPReply(.ok, .json(["access_token": "opensesame-1"])) })
    let login = try await http.post("/login", .json(["password": "opensesame-2"]))
    let texts = try await failureTexts { try login.expect(status: .created) }
    #expect(texts.count == 1)
    #expect(texts.allSatisfy { !$0.contains("opensesame") && $0.contains("access_token") })
  }

  @Test func `are not stored either, in none of the files of evidence`() async throws {
    let http = HTTPDriver(
      .handler { _, body in
        _ = try await body.bytes()
        return HTTPReply(.ok, headers: [.location: "/next?token=opensesame-1"])
      })
    let login = try await http.post(
      "/login?api_key=opensesame-2",
      .json(["note": .string(String(repeating: "x", count: 600)), "password": "opensesame-3"]),
      headers: [.init("X-API-Key")!: "opensesame-4"])
    let evidence = ExchangeReport(record: login.record).evidence
    #expect(evidence.map(\.name) == ["exchange.txt", "request-body.bin"])
    for file in evidence {
      let text = String(decoding: file.bytes, as: UTF8.self)
      #expect(!text.contains("opensesame"), "\(text)")
    }
  }

  /// A file makes the body no text, and is sent as it is.
  @Test func `are not stored of a form with files either`() async throws {
    let http = HTTPDriver(
      .handler { _, body in
        _ = try await body.bytes()
        return HTTPReply()
      })
    let form = HTTPBody.multipart {
      FieldPart("password", "opensesame-1")
      FieldPart("note", "kept")
      FilePart("file", .bytes([0xFF, 0, 0xFE]), filename: "a.bin")
    }
    let sent = try await http.post("/", form)
    _ = try await http.post("/", form)
    var files = ExchangeReport(record: sent.record).evidence
    files += http.journal.evidence
    #expect(files.map(\.name).contains("exchanges.har"))
    for file in files {
      #expect(file.bytes.firstRange(of: "opensesame".utf8) == nil, "\(file.name)")
      #expect(
        file.bytes.firstRange(of: Data("opensesame".utf8).base64EncodedString().dropLast(2).utf8)
          == nil, "\(file.name)")
    }
    let line = CurlLine(record: sent.record).text
    #expect(!line.contains("opensesame"))
    #expect(line.contains("# secrets in the body are masked"))
  }
}
