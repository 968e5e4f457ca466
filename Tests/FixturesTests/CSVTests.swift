import Fixtures
import Foundation
import HarnessJSON
import Testing

@Suite struct `Comma-separated values` {
  private static func records(_ text: String) throws -> [[String]] {
    var reader = CSVReader(text: text)
    var records: [[String]] = []
    while let record = try reader.next() { records.append(record.fields) }
    return records
  }

  @Test(
    arguments: [
      ("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]], "2.1"),
      ("aaa,bbb\r\nzzz,yyy", [["aaa", "bbb"], ["zzz", "yyy"]], "2.2"),
      (" a , b ", [[" a ", " b "]], "2.4: spaces are part of a field"),
      ("a,", [["a", ""]], "2.4: an empty last field"), (",", [["", ""]], "2.4"),
      ("\"aaa\",\"bbb\",ccc", [["aaa", "bbb", "ccc"]], "2.5"),
      (
        "\"aaa\",\"b\r\nbb\",\"c,c\"\nzzz,,", [["aaa", "b\r\nbb", "c,c"], ["zzz", "", ""]], "2.6"
      ),
      ("\"aaa\",\"b\"\"bb\",\"\"", [["aaa", "b\"bb", ""]], "2.7"),
      ("a\n\nb", [["a"], [""], ["b"]], "a blank line is a record with an empty field"),
      ("\u{FEFF}a,b", [["a", "b"]], "our rule: a byte order mark is left out"),
      ("é,سهم", [["é", "سهم"]], "our rule: UTF-8"), ("", [], "no record"),
    ] as [(String, [[String]], String)])
  func `are read by RFC 4180`(text: String, records: [[String]], source: String) throws {
    #expect(try Self.records(text) == records)
  }

  @Test(arguments: [
    ("a\n\"b", "line 2, field 1: the closing quote of a field is missing"),
    ("a\nb,\"c\nd\n\n", "line 2, field 2: the closing quote of a field is missing"),
    ("a,\"b\"c", "line 1, field 2: a field goes on behind its closing quote"),
    ("a,b\"c", "line 1, field 2: a quote stands within a field that has none around it"),
    ("a\rb", "line 1, field 1: a carriage return stands alone; within a field it needs quotes"),
    ("a\r", "line 1, field 1: a carriage return stands alone"),
  ])
  func `that are none are refused with their line`(text: String, message: String) {
    let error = #expect(throws: CSVError.self) { try Self.records(text) }
    #expect(error?.description == message)
  }

  @Test func `over a limit are refused by its name`() {
    var limits = CSVLimits()
    limits.fields = 2
    limits.recordBytes = 10
    let fields = #expect(throws: CSVError.self) {
      var reader = CSVReader(text: "a,b,c", limits: limits)
      _ = try reader.next()
    }
    #expect(fields?.reason == "the record has more fields than the limit `fields`, 2")
    let bytes = #expect(throws: CSVError.self) {
      var reader = CSVReader(text: "aaaaaaaaaaaaaa", limits: limits)
      _ = try reader.next()
    }
    #expect(bytes?.reason == "the record has more bytes than the limit `recordBytes`, 10")
  }

  @Test func `are read back as they were written, whatever is in them`() throws {
    let rows = Generator<String>.oneOf(.nasty, .word).array(count: 1...4).array(count: 1...6)
    try forAll(rows) { rows in
      let text = rows.map { row in
        row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\r\n"
      }
      return try Self.records(text.joined()) == rows
    }
  }

  @Test func `and lines of JSON are fixtures`() throws {
    let table = try Fixture.csv("problems/sources.csv")
    #expect(table.header.first == "file")
    #expect(table.records.count == 10)
    #expect(table[column: "nothing"] == nil)
    #expect(table[column: "file"]?.count == 10)
    #expect(try Fixture.jsonLines("tables/lines.jsonl") == [["a": 1], [2], "three"])
    let error = #expect(throws: JSONLineError.self) {
      try Fixture.jsonLines("problems/sources.csv")
    }
    #expect(error?.line == 1)
    #expect(try Fixture.json("problems/shapes/about-blank-other-title.json")["status"] == 400)
    let ragged = #expect(throws: CSVError.self) { try CSVTable(CSVReader(text: "a,b\n1\n")) }
    #expect(ragged?.description == "line 2, field 1: the record has 1 fields, and the header 2")
  }
}
