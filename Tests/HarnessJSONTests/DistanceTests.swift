import HarnessJSON
import Testing

@Suite struct `The distance of two numbers` {
  @Test(arguments: [
    ("1.25", "1.259", "0.01", true), ("1.25", "1.261", "0.01", false),
    ("1.25", "1.26", "0.01", true), ("1.26", "1.25", "0.01", true),
    ("0.1", "0.3", "0.2", true), ("-0.1", "0.1", "0.2", true), ("-0.1", "0.1", "0.19", false),
    ("0", "0.00", "0", true), ("5", "5.0", "0", true), ("0", "1e-3", "0", false),
    ("100", "99.999999999999999999999", "1e-21", true),
    ("100", "99.999999999999999999999", "9e-22", false),
    ("9007199254740993", "9007199254740992", "0.5", false),
    ("1e30000", "1", "1e30001", false), ("1e30000", "1e30000", "1", true),
    ("1e9999999999999999999", "1e9999999999999999999", "0", true),
  ])
  func `is exact`(_ one: String, _ other: String, _ limit: String, _ isWithin: Bool) throws {
    let (one, other) = (try #require(JSONNumber(one)), try #require(JSONNumber(other)))
    let limit = try #require(JSONNumber(limit))
    #expect(one.isWithin(limit, of: other) == isWithin)
    #expect(other.isWithin(limit, of: one) == isWithin)
  }
}
