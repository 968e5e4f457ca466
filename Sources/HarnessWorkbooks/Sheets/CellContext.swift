/// What the cells of all sheets of a workbook are read by.
final class CellContext: Sendable {
  let strings: SharedStrings
  let formats: [NumberFormat]
  let epoch: DateEpoch

  init(strings: SharedStrings, formats: [NumberFormat], epoch: DateEpoch) {
    self.strings = strings
    self.formats = formats
    self.epoch = epoch
  }

  func format(_ style: UInt16) -> NumberFormat {
    Int(style) < formats.count ? formats[Int(style)] : .general
  }
}
