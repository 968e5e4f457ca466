import HarnessWorkbooks
import Testing

@Suite struct `Cell references` {
  @Test(arguments: [
    ("A1", 1, 1), ("B7", 2, 7), ("AA10", 27, 10), ("$xfd$1048576", 16_384, 1_048_576),
  ])
  func `are read from A1 notation`(text: String, column: Int, row: Int) throws {
    let reference = try #require(CellReference(text))
    #expect(reference.column == column)
    #expect(reference.row == row)
  }

  @Test(arguments: [
    "", "A", "7", "A0", "A01", "7B", "A1B", "XFE1", "A1048577", "ZZZZZZZ1", "A1:B2",
  ])
  func `outside of a sheet are none`(text: String) {
    #expect(CellReference(text) == nil)
  }

  @Test(arguments: ["A1", "Z9", "AA1", "AZ3", "ZZ1", "AAA1", "XFD1048576"])
  func `are written as they are read`(text: String) {
    #expect(CellReference(text)?.description == text)
  }
}
