import HTTPDriver
import HarnessLoopback
import Testing

@Suite struct `Secrets in bodies` {
  @Test func `are shown neither in the failure nor in the line that repeats it`() async throws {
    let http = HTTPDriver(
      .handler { _, _ in HTTPReply(.ok, .json(["access_token": "opensesame-1"])) })
    let login = try await http.post("/login", .json(["password": "opensesame-2"]))
    let texts = try await failureTexts { try login.expect(status: .created) }
    #expect(texts.count == 1)
    #expect(texts.allSatisfy { !$0.contains("opensesame") && $0.contains("access_token") })
  }
}
