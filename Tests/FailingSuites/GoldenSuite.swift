import GoldenFiles
import Testing

/// Failed expectations of golden files, in Swift Testing.
@Suite struct GoldenSuite {
  @Test func missing() throws {
    // The golden file of this test must never be made.
    try expectGolden("text")
  }

  @Test func different() throws {
    try expectGolden(["rows": [["code": "BBIB"], ["code": "BBOB"]]] as JSONValue, named: "failing")
  }

  @Test func shared() throws {
    try expectGolden("same", named: "same")
    try expectGolden("same", named: "same")
  }
}
