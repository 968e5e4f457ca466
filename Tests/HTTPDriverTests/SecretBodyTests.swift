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
}
