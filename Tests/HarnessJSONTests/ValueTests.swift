import HarnessJSON
import Testing

@Suite struct `A JSON value` {
  let report: JSONValue = [
    "id": "r-1", "total": 12.50, "rows": [["code": "BBOB"], ["code": "TASC"]], "note": .null,
    "final": true, "count": 2,
  ]

  @Test func `is read by name and index`() {
    #expect(report["rows"]?[1]?["code"]?.stringValue == "TASC")
    #expect(report["count"]?.intValue == 2)
    #expect(report["final"]?.boolValue == true)
    #expect(report["note"]?.isNull == true)
    #expect(report["rows"]?.arrayValue?.count == 2)
    #expect(report["absent"] == nil)
    #expect(report["rows"]?[2] == nil)
    #expect(report["rows"]?[-1] == nil)
    #expect(report[0] == nil)
  }

  @Test func `is made of what stands in variables`() {
    let (flag, small, number, name) = (true, UInt8(7), -3, "a")
    let value: JSONValue = [
      "flag": JSONValue(flag), "small": JSONValue(small), "number": JSONValue(number),
      "name": JSONValue(name), "ratio": JSONValue(0.5 * 3) ?? .null,
    ]
    #expect(value == ["flag": true, "small": 7, "number": -3, "name": "a", "ratio": 1.5])
    #expect(JSONValue(Double.nan) == nil)
  }

  @Test func `keeps the text of numbers`() throws {
    let text = "[1.0,1.50e3,100000000000000000000.00]"
    #expect(try JSONValue(parsing: text).compactText == text)
  }

  @Test func `keeps duplicate members and takes the last by name`() throws {
    let value = try JSONValue(parsing: #"{"a":1,"b":0,"a":2,"a":3}"#)
    let object = try #require(value.objectValue)
    #expect(value["a"] == 3)
    #expect(object.values(named: "a") == [1, 2, 3])
    #expect(object.duplicateNames == ["a"])
  }

  @Test func `changes members in their place`() {
    var object = JSONObject([.init(name: "a", value: 1), .init(name: "b", value: 2)])
    object["a"] = "x"
    object["c"] = nil
    object["d"] = true
    object["b"] = nil
    #expect(object.map(\.name) == ["a", "d"])
    #expect(JSONValue.object(object).compactText == #"{"a":"x","d":true}"#)
  }

  struct Pair: CustomTestStringConvertible {
    let one: String
    let other: String
    let areEqual: Bool
    var testDescription: String { "\(one) \(areEqual ? "=" : "≠") \(other)" }

    init(_ one: String, _ other: String, _ areEqual: Bool) {
      self.one = one
      self.other = other
      self.areEqual = areEqual
    }
  }

  static let pairs = [
    Pair("1", "1.0", true),
    Pair("1", "10e-1", true),
    Pair("-0", "0.00", true),
    Pair("1e400", "10e399", true),
    Pair("0.1", "0.10000000000000000001", false),
    Pair("9007199254740993", "9007199254740992", false),
    Pair("1e2", "-1e2", false),
    Pair("0e5", "0", true),
    Pair("1e000000000000000000000000000002", "100", true),
    Pair("0e9999999999999999999", "-0.0", true),
    Pair("1e9999999999999999999", "1e9999999999999999999", true),
    Pair("1e9999999999999999999", "1e9999999999999999998", false),
    Pair("1", #""1""#, false),
    Pair("null", "false", false),
    Pair(#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, true),
    Pair(#"{"a":1,"a":2}"#, #"{"a":2,"a":1}"#, false),
    Pair(#"{"a":1}"#, #"{"a":1,"b":2}"#, false),
    Pair(#"{"a":1,"b":2}"#, #"{"a":1,"c":2}"#, false),
    Pair("[1,2]", "[2,1]", false),
    Pair(#""\u0061""#, #""a""#, true),
    Pair("\"\u{E9}\"", "\"e\u{301}\"", false),
    Pair("{\"\u{E9}\":1}", "{\"e\u{301}\":1}", false),
  ]

  @Test(arguments: pairs) func `equals by meaning`(_ pair: Pair) throws {
    let one = try JSONValue(parsing: pair.one)
    let other = try JSONValue(parsing: pair.other)
    #expect((one == other) == pair.areEqual)
    #expect((other == one) == pair.areEqual)
  }

  @Test func `is written with indentation`() {
    let value: JSONValue = ["a": [], "b": [:], "c": [1, ["d": .null]]]
    #expect(
      value.prettyText == """
        {
          "a": [],
          "b": {},
          "c": [
            1,
            {
              "d": null
            }
          ]
        }
        """)
  }

  @Test(arguments: [
    ("1", 1), ("1.0", 1), ("1e2", 100), ("-3.00", -3), ("0.0", 0), ("1.5", nil), ("1e19", nil),
    ("9223372036854775807", Int.max), ("9223372036854775808", nil), ("1e-2", nil),
    ("1e99999999999999999999", nil),
  ])
  func `is an integer when its value is`(_ text: String, _ expected: Int?) throws {
    #expect(try JSONValue(parsing: text).intValue == expected)
  }

  @Test func `makes numbers of texts and doubles`() {
    #expect(JSONNumber("1.50")?.lexeme == "1.50")
    #expect(JSONNumber(" 1") == nil)
    #expect(JSONNumber("01") == nil)
    #expect(JSONNumber("true") == nil)
    #expect(JSONNumber(Double("0.1") ?? .nan)?.lexeme == "0.1")
    #expect(JSONNumber(Double.nan) == nil)
    #expect(Double(12 as JSONNumber) == 12)
  }
}
