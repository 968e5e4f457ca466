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
