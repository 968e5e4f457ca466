import Testing

@testable import HarnessReporting

@Suite struct `Bytes whose secrets are looked for once` {
  private static let text = "a=1&password=s3cret&b=2&token=abc"

  @Test(arguments: [
    (0, ""), (4, "a=1&"), (13, "a=1&password="), (14, "a=1&password=***"),
    (19, "a=1&password=***"), (20, "a=1&password=***&"), (30, "a=1&password=***&b=2&token="),
    (31, "a=1&password=***&b=2&token=***"), (33, "a=1&password=***&b=2&token=***"),
    (1_000, "a=1&password=***&b=2&token=***"),
  ])
  func `show their beginning without the secrets in it`(_ count: Int, _ shown: String) {
    let masked = MaskedBytes(Array(Self.text.utf8))
    #expect(masked.hasSecrets)
    #expect(String(decoding: masked.first(count), as: UTF8.self) == shown)
  }

  @Test func `are as they came without secrets`() {
    let bytes = Array("nothing to hide".utf8)
    #expect(!MaskedBytes(bytes).hasSecrets)
    #expect(MaskedBytes(bytes).all == bytes)
    #expect(MaskedBytes(bytes).first(7) == Array("nothing".utf8))
    #expect(MaskedBytes([]).all.isEmpty)
  }

  /// A blank line far behind is looked for once; a search from each of the parts took hours.
  @Test(.timeLimit(.minutes(15)), arguments: ["\r\n\r\n", "\r\n\r\n\r\n--", "\r\n\r\nx\r\n--"])
  func `cost as much as they are long, where parts are empty`(end: String) {
    let part = "form-data; name=\"token\" "
    let bytes = Array((String(repeating: part, count: (1 << 20) / part.utf8.count) + end).utf8)
    #expect(MaskedBytes(bytes).all.count <= bytes.count + 2)
  }

  @Test(arguments: [
    (String(repeating: "-", count: 60) + "Cookie: session=abc", "session"),
    (String(repeating: "-", count: 60) + "Authorization: Basic dXNlcjpwYXNz", "dXNl"),
    ("X-" + String(repeating: "a", count: 63) + "Token: hunter2", "hunter2"),
    ("password" + String(repeating: "1", count: 64) + "=hunter2", "hunter2"),
    ("form-data; name=\"token\"\r\nX-Api-Key: hunter2\r\n\r\nhunter3\r\n--", "hunter"),
    ("form-data; name=\"token\"\n\nv\n--\npassword=hunter2\r\n\r\nhunter3", "hunter"),
  ])
  func `are hidden behind long words and between the lines of a part`(
    text: String, secret: String
  ) {
    let shown = String(decoding: MaskedBytes(Array(text.utf8)).all, as: UTF8.self)
    #expect(!shown.contains(secret), "\(shown)")
  }

  /// Each of these made every word look through all that follows it, which took minutes.
  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      "form-data; name=\"password\" ", "basic.", "password:", "token ", "\"password\":\"", "://",
      "://:", "password='", "Authorization: ", "name=\"", "bearer ", "\\\"token\\\":\\\"", "token[",
    ])
  func `cost as much as they are long, whatever they are`(unit: String) {
    let bytes = Array(String(repeating: unit, count: (256 << 10) / unit.utf8.count).utf8)
    let masked = MaskedBytes(bytes).all
    #expect(masked.count <= bytes.count * 2)
  }
}
