import Testing

@testable import HarnessWorkbooks

@Suite struct `The merged ranges that a row lies in` {
  /// Pairs of corners; those of the first lie beside each other, those of the second over each other.
  @Test(arguments: [
    ["A1:A9", "C2:D3", "C5:E5", "F1:F2", "F4:F9", "B8:C8", "G3:XFD3"],
    ["A1:D4", "B2:C9", "C1:C3", "A5:F5", "F2:F8", "E4:F6", "A9:XFD9", "D9:D9"],
  ])
  func `give each cell that they cover their first one`(texts: [String]) throws {
    let ranges = try texts.map { try #require(CellRange($0)) }
    var sweep = MergeSweep(ranges, in: try RawWorkbook().sheet().storage)
    for row in 1...10 {
      let merges = sweep.moved(to: row)
      var columns = 0
      for column in 1...8 {
        let reference = try #require(CellReference(column: column, row: row))
        let covering = ranges.filter { $0.contains(reference) }
        let topmost = covering.min { $0.first.row < $1.first.row }
        #expect(merges.first(covering: reference) == topmost?.first, "\(reference)")
        if topmost != nil { columns += 1 }
      }
      #expect(merges.columns.prefix { $0 <= 8 }.count == columns)
    }
  }
}
