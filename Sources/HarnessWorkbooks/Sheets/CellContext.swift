/// What the cells of all sheets of a workbook are read by.
final class CellContext: Sendable {
  let strings: SharedStrings
  let formats: [NumberFormat]
  let epoch: DateEpoch
  // Asked for every cell that is read as a number, so without the formats themselves.
  private let plainNumbers: [Bool]

  init(strings: SharedStrings, formats: [NumberFormat], epoch: DateEpoch) {
    self.strings = strings
    self.formats = formats
    self.epoch = epoch
    plainNumbers = formats.map { $0.meaning == .number && $0.isUniform }
  }

  /// Whether every number of the style is just that.
  func isPlainNumber(_ style: UInt16) -> Bool {
    Int(style) < plainNumbers.count ? plainNumbers[Int(style)] : true
  }

  func format(_ style: UInt16) -> NumberFormat {
    Int(style) < formats.count ? formats[Int(style)] : .general
  }
}
