import HTTPTypes
import HarnessJSON
import Testing

@testable import HTTPDriver

@Suite struct `An archive of exchanges` {
  private func archive(_ body: HTTPBody, _ reply: HTTPReply) async throws -> (
    JournalEntry, JSONValue
  ) {
    let exchange = try await HTTPDriver(
      .handler { _, body in
        _ = try await body.bytes()
        return reply
      }
    ).post("/", body)
    let entry = JournalEntry(exchange.record, .response(exchange), endedAt: 1_700_000_000.5)
    let value = HTTPArchive(entries: [entry]).value
    return (entry, try #require(value["log"]?["entries"]?[0]))
  }

  @Test func `says when an exchange began, with the time zone`() async throws {
    let exchange = try await HTTPDriver(.handler { _, _ in HTTPReply() }).get("/")
    var record = exchange.record
    // An exchange that timed out has completed no phase.
    record.timings = HTTPTimings()
    record.elapsed = .milliseconds(250)
    let entry = JournalEntry(record, .response(exchange), endedAt: 1_700_000_000.5)
    let value = HTTPArchive(entries: [entry]).value
    #expect(
      value["log"]?["entries"]?[0]?["startedDateTime"] == "2023-11-14T22:13:20.250Z")
    #expect(entry.failure == nil)
  }

  @Test func `masks where a redirect leads`() async throws {
    let (_, value) = try await archive(
      .empty, HTTPReply(.found, headers: [.location: "http://h/?token=opensesame"]))
    #expect(!value.compactText.contains("opensesame"))
    #expect(value.compactText.contains("http://h/?token=***"))
  }

  /// A cut through a scalar would make it no text, which is stored in Base64 and masked nowhere.
  @Test(arguments: 0...3)
  func `masks a long body wherever it is cut`(shift: Int) async throws {
    let text =
      "{\"password\":\"opensesame\",\"a\":\"" + String(repeating: "a", count: shift)
      + String(repeating: "🦆", count: 20_000) + "\"}"
    let (_, value) = try await archive(.empty, HTTPReply(.ok, .text(text)))
    let shown = value.compactText
    #expect(!shown.contains("opensesame") && !shown.contains("base64"))
    #expect(shown.contains("🦆") && shown.contains("only the beginning was kept"))
  }

  @Test func `keeps the beginning of what was sent`() async throws {
    let (entry, _) = try await archive(
      .bytes([UInt8](repeating: 65, count: 1 << 20)), HTTPReply())
    #expect(entry.record.sent.head.count == ExchangeJournal.bodyLimit)
    #expect(entry.record.sent.count == 1 << 20)
  }

  /// Source: HTTP Archive 1.2, which allows -1 for `connect` alone of these.
  @Test func `has no phase below zero that must be told`() async throws {
    let exchange = try await HTTPDriver(.handler { _, _ in HTTPReply() }).get("/")
    var record = exchange.record
    record.timings = HTTPTimings()
    record.elapsed = .milliseconds(1_500)
    let entry = JournalEntry(record, .cancelled, endedAt: 0)
    let value = HTTPArchive(entries: [entry]).value["log"]?["entries"]?[0]
    #expect(value?["timings"] == ["connect": -1, "send": 0, "wait": 1500, "receive": 0])
    #expect(value?["time"] == 1500)
  }

  @Test func `says of a request's body what its text is`() async throws {
    let (_, binary) = try await archive(.bytes([0xFF, 0xFE]), HTTPReply())
    #expect(binary["request"]?["postData"]?["comment"] == "the text is in base64")
    let (_, text) = try await archive(.text("a"), HTTPReply())
    #expect(text["request"]?["postData"]?["comment"] == nil)
  }
}
