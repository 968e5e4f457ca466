import Fixtures
import Foundation
import GoldenFiles
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

  @Test(arguments: ["¦", "é", "😀", "\"", "\n", "\r"] as [Unicode.Scalar])
  func `with a separator that cannot be one are refused`(separator: Unicode.Scalar) throws {
    var reader = CSVReader(text: "a,b", separator: separator)
    do {
      _ = try reader.next()
      Issue.record("it was read")
    } catch let error as CSVError {
      #expect(error.line == 1)
      #expect(
        error.reason
          == "the separator \(String(reflecting: String(Character(separator)))) is no ASCII character, "
          + "or is a quotation mark or a line end")
    }
    let next = try reader.next()
    #expect(next == nil)
    #expect(throws: CSVError.self) { try Fixture.csv("problems/sources.csv", separator: separator) }
  }

  @Test func `end at an error`() throws {
    var reader = CSVReader(text: "x,y\na\"b\nc,d\ne,f\n")
    let first = try reader.next()
    #expect(first?.fields == ["x", "y"])
    do {
      _ = try reader.next()
      Issue.record("it was read")
    } catch is CSVError {}
    let following = [try reader.next(), try reader.next()]
    #expect(following == [nil, nil])
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
    #expect(error?.file == "problems/sources.csv")
    let ragged = #expect(throws: CSVError.self) { try CSVTable(CSVReader(text: "a,b\n1\n")) }
    #expect(ragged?.description == "line 2, field 1: the record has 1 fields, and the header 2")
  }

  @Test(arguments: [
    ("a,b\n1\n", "line 2, field 1: the record has 1 fields, and the header 2"),
    ("", "line 1, field 1: there is no header"),
    ("a\n\"b", "line 2, field 1: the closing quote of a field is missing"),
  ])
  func `that are broken are told with their file`(text: String, message: String) throws {
    try withTemporaryFolder { folder in
      let path = try folder.write(Array(text.utf8), to: "prices/june.csv")
      let read = #expect(throws: CSVError.self) { try CSVTable(CSVReader(path: path)) }
      #expect(read?.description == "june.csv, \(message)")
      let bundle = try #require(Bundle(path: folder.url.path))
      let fixture = #expect(throws: CSVError.self) {
        try Fixture.csv("prices/june.csv", in: bundle)
      }
      #expect(fixture?.description == "prices/june.csv, \(message)")
    }
  }

  @Test func `are not in a folder`() throws {
    let error = #expect(throws: CSVError.self) { _ = try CSVReader(path: Fixture.path("isx")) }
    #expect(error?.description == "isx, line 1, field 1: this is a folder")
  }

  @Test func `are compared with a golden file`() throws {
    let table = try CSVTable(CSVReader(text: "code,close\nBBOB,1.45\n"))
    #expect(CSVRows(table).rows == [["code", "close"], ["BBOB", "1.45"]])
    #expect(CSVGolden().write(CSVRows(table)) == Array("code,close\nBBOB,1.45\n".utf8))
  }
}

@Suite struct `A fixture of JSON` {
  struct Order: Decodable {
    var code: String
    var prices: [Double]
  }

  @Test(arguments: [
    ("{\"code\": }", "orders/one.json, line 1, column 10 (byte 9): expected a value, found \"}\""),
    ("", "orders/one.json, line 1, column 1 (byte 0): "),
  ])
  func `that is none is told with its name`(text: String, message: String) throws {
    try Self.with(text) { bundle in
      let error = #expect(throws: UnreadableFixture.self) {
        try Fixture.json("orders/one.json", in: bundle)
      }
      #expect(error?.file == "orders/one.json")
      #expect(error?.error is JSONError)
      #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
    }
  }

  @Test(arguments: [
    (#"{"code": "A", "prices": [1, "x"]}"#, "orders/one.json, /prices/1: "),
    (#"{"code": "A"}"#, "orders/one.json: "), (#"{"code": null, "prices": []}"#, "orders/one.json"),
    ("[", "orders/one.json: The given data was not valid JSON."),
  ])
  func `that is another is told with its name and place`(text: String, message: String) throws {
    try Self.with(text) { bundle in
      let error = #expect(throws: UnreadableFixture.self) {
        try Fixture.decoded(Order.self, from: "orders/one.json", in: bundle)
      }
      #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
    }
  }

  @Test func `of lines is told with the place of the first that is none`() throws {
    try Self.with("{}\n\n [1,]\n") { bundle in
      let error = #expect(throws: JSONLineError.self) {
        try Fixture.jsonLines("orders/one.json", in: bundle)
      }
      #expect(error?.description.hasPrefix("orders/one.json, line 3, column 5: ") == true)
    }
  }

  private static func with(_ text: String, _ body: (Bundle) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try folder.write(Array(text.utf8), to: "orders/one.json")
      try body(#require(Bundle(path: folder.url.path)))
    }
  }
}
