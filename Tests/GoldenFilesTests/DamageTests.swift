import GoldenFiles
import HarnessTestSupport
import Testing

/// What each format makes of a file that an editor or version control has changed.
///
/// Problems, XML and workbooks have theirs in their own tests.
@Suite struct `A golden file that has been through something` {
  @Test func `is told of in each format`() throws {
    let json: JSONValue = ["id": 7, "name": "é", "rows": [1, 2]]
    try expect("text", "first\nsecond\n", as: .text)
    try expect("json", json, as: .json)
    try expect("json-lines", [json, ["id": 8]], as: .jsonLines)
    try expect("csv", CSVRows(rows: [["id", "name"], ["7", "é"], ["8", "a,b"]]), as: .csv)
    try expect("bytes", Array("first\nsecond and more\n".utf8), as: .bytes)
  }

  @Test func `is the same where nothing was stored`() throws {
    try expect("text-empty", "", as: .text)
    try expect("json-lines-empty", [], as: .jsonLines)
    try expect("csv-empty", CSVRows(rows: []), as: .csv)
    try expect("bytes-empty", [], as: .bytes)
  }

  private func expect<Format: GoldenFormat>(
    _ name: String, _ value: Format.Value, as format: Format
  ) throws {
    try expectGolden(GoldenDamage.table(value, as: format), named: "damage/\(name)")
  }
}
