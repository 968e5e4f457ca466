import Testing

@testable import GoldenFiles

@Suite struct `The formats of goldens` {
  // MARK: JSON lines

  @Test func `have a value on each line of JSON lines`() throws {
    let format = JSONLinesGolden()
    let values: [JSONValue] = [["a": 1], [2], "x\ny"]
    let bytes = format.write(values)
    #expect(String(decoding: bytes, as: UTF8.self) == "{\"a\":1}\n[2]\n\"x\\ny\"\n")
    #expect(try format.read(bytes) == values)
    #expect(try format.read(Array("\u{FEFF}1\r\n\r\n2".utf8)) == [1, 2])
    #expect(try format.read([]) == [])
  }

  @Test func `say which line of JSON lines differs`() {
    let comparison = JSONLinesGolden().compare(
      [["id": 7], ["n": 2]], with: [["id": "<any>"], ["n": 1]], rules: [.any("/0/id")])
    #expect(
      comparison.differences.map(\.description) == [
        """
        line 2, /n
          expected  1
          actual    2
        """
      ])
  }

  @Test func `say which line is not JSON`() {
    let error = #expect(throws: UnreadableGolden.self) {
      try JSONLinesGolden().read(Array("1\n{\n".utf8))
    }
    #expect(error?.description.hasPrefix("line 2: ") == true)
  }

  // MARK: CSV

  struct Table: CustomTestStringConvertible {
    let text: String
    let rows: [[String]]
    let source: String
    var testDescription: String { source }
  }

  @Test(arguments: [
    Table(text: "", rows: [], source: "an empty file"),
    Table(
      text: "a,b\r\nc,d\r\n", rows: [["a", "b"], ["c", "d"]], source: "RFC 4180, section 2.1"),
    Table(text: "a,b\r\nc,d", rows: [["a", "b"], ["c", "d"]], source: "RFC 4180, section 2.2"),
    Table(text: "a, b \n", rows: [["a", " b "]], source: "RFC 4180, section 2.4"),
    Table(text: "\"a\",b\n", rows: [["a", "b"]], source: "RFC 4180, section 2.5"),
    Table(
      text: "\"a\r\nb\",\"c,d\"\n", rows: [["a\r\nb", "c,d"]], source: "RFC 4180, section 2.6"),
    Table(text: "\"a\"\"b\"\n", rows: [["a\"b"]], source: "RFC 4180, section 2.7"),
    Table(text: "a,\n,b\n", rows: [["a", ""], ["", "b"]], source: "empty cells"),
    Table(text: "a\n\n\nb\n", rows: [["a"], ["b"]], source: "empty lines"),
    Table(text: "\"\"\n", rows: [[""]], source: "a row of one empty cell"),
    Table(text: "a\rb\n", rows: [["a\rb"]], source: "a carriage return alone"),
  ])
  func `read CSV`(_ table: Table) throws {
    let read = try CSVRows(parsing: table.text)
    #expect(read.rows == table.rows)
    #expect(try CSVRows(parsing: read.text()).rows == table.rows)
  }

  @Test(arguments: [
    ("a\n\"b", "line 2: a quotation mark is not closed"),
    ("\"a\nb\"c\n", "line 2: text follows a closing quotation mark"),
    ("a\"b\n", "line 1: a quotation mark in a cell that does not begin with one"),
  ])
  func `refuse broken CSV`(_ text: String, _ message: String) {
    let error = #expect(throws: CSVRowsError.self) { try CSVRows(parsing: text) }
    #expect(error?.description == message)
  }

  @Test(arguments: ["¦", "é", "\"", "\n", "\r\n", "\r"] as [Character])
  func `refuse a separator that cannot be one`(_ separator: Character) {
    #expect(throws: CSVRowsError.self) { try CSVRows(parsing: "a", separator: separator) }
  }

  @Test func `compare CSV cell by cell`() throws {
    let golden = try CSVRows(
      parsing: "id,\"price\",note\r\n<uuid>,\"1.50\",x\r\n<uuid>,2.50,y\r\n")
    let id = "0b7c1f0e-52d6-4f6a-9b0c-7d1f6f2a9e11"
    let actual = CSVRows(rows: [["id", "price", "note"], [id, "1.51", "x"], [id, "2.6", "z"]])
    let comparison = CSVGolden().compare(
      actual, with: golden, rules: [.uuid("/*/id"), .number("/*/price", tolerance: 0.02)])
    #expect(
      comparison.differences.map(\.description) == [
        """
        row 2, column "price"
          expected  "2.50"
          actual    "2.6"
          note      the tolerance is 0.02
        """,
        """
        row 2, column "note"
          expected  "y"
          actual    "z"
        """,
      ])
    #expect(comparison.violations.map(\.description) == [])
    #expect(
      comparison.candidate.text() == "id,price,note\n<uuid>,1.50,x\n<uuid>,2.6,z\n")
  }

  @Test func `say that a header differs`() {
    let differences = CSVGolden().compare(
      CSVRows(rows: [["b"]]), with: CSVRows(rows: [["a"]]), rules: []
    ).differences
    #expect(
      differences.map(\.description) == [
        """
        the header
          expected  ["a"]
          actual    ["b"]
        """
      ])
  }

  @Test func `number the columns of CSV without a header`() {
    let differences = CSVGolden(hasHeader: false, separator: ";").compare(
      CSVRows(rows: [["a", "b"]]), with: CSVRows(rows: [["a", "c"]]), rules: []
    ).differences
    #expect(differences.first?.description.hasPrefix("row 1, column \"1\"") == true)
  }

  // MARK: Bytes

  @Test func `store bytes as a hex dump`() throws {
    let format = BytesGolden()
    let bytes = Array("Hello, golden world!\n".utf8) + [0, 0xFF]
    let dump = """
      00000000  48 65 6c 6c 6f 2c 20 67  6f 6c 64 65 6e 20 77 6f  |Hello, golden wo|
      00000010  72 6c 64 21 0a 00 ff                              |rld!...|

      """
    #expect(String(decoding: format.write(bytes), as: UTF8.self) == dump)
    #expect(try format.read(Array(dump.utf8)) == bytes)
    #expect(try format.read(Array(dump.replacing("\n", with: "\r\n").utf8)) == bytes)
    #expect(format.write([]) == [])
    #expect(try format.read([]) == [])
  }

  @Test func `say where bytes differ`() {
    let comparison = BytesGolden().compare([1, 2, 3], with: [1, 5], rules: [])
    #expect(
      comparison.differences.first?.description
        == "3 bytes, expected 2; the first difference is at byte 1")
  }

  @Test func `refuse what is no hex dump`() {
    let error = #expect(throws: UnreadableGolden.self) {
      try BytesGolden().read(Array("00000000  41\n00000001  4g\n".utf8))
    }
    #expect(error?.description == "line 2 is no line of a hex dump: \"4g\"")
  }

  @Test func `know no places in bytes`() {
    #expect(
      BytesGolden().compare([], with: [], rules: [.any("/a")]).violations.map(\.description) == [
        #"the rule .any("/a") needs a place, and bytes have none"#
      ])
  }
}
