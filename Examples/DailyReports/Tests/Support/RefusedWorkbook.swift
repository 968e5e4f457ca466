public import TestHarness

/// A file that the service takes in and then refuses, with the problem that it tells.
public struct RefusedWorkbook: Sendable, CustomStringConvertible {
  /// What is wrong with the file.
  public let description: String
  /// The file.
  public let content: FilePart.Content
  /// The type of the problem.
  public let type: String
  /// The cells that the problem points at.
  public let pointers: [String]

  private init(
    _ description: String, _ content: FilePart.Content, _ type: String, pointers: [String] = []
  ) {
    self.description = description
    self.content = content
    self.type = "https://example.com/problems/\(type)"
    self.pointers = pointers
  }

  /// One of each kind.
  public static var all: [RefusedWorkbook] {
    get throws {
      let bulletin = DailyReport(seed: 7, companies: 12, date: SheetDate("2025-06-25")!)
      let sound = try bulletin.workbook()
      let spoiled = try bulletin.workbook(layout: .text, defects: [.badCells(3)])
      let headless = try bulletin.workbook(defects: [.missingHeader])
      return [
        RefusedWorkbook("a text", .text("Bank of Baghdad;BBOB;1.45"), "not-a-workbook"),
        RefusedWorkbook("an empty file", .bytes([]), "not-a-workbook"),
        RefusedWorkbook(
          "half of a workbook", .bytes(Array(sound.bytes.prefix(sound.bytes.count / 2))),
          "not-a-workbook"),
        RefusedWorkbook(
          "a workbook with a password", .fixture("refused/encrypted.xlsx"), "encrypted-workbook"),
        RefusedWorkbook("no header", .bytes(headless.bytes), "header-not-found"),
        RefusedWorkbook("no trading date", .bytes(try undated()), "trading-date-not-found"),
        RefusedWorkbook(
          "three numbers that are none", .bytes(spoiled.bytes), "bad-cells",
          pointers: spoiled.badCells.map { "#/Bulletin/\($0)" }),
      ]
    }
  }

  /// A bulletin of no company on no day.
  private static func undated() throws -> [UInt8] {
    var workbook = WorkbookWriter()
    try workbook.addSheet("Bulletin") { sheet throws(WorkbookError) in
      try sheet.append(DailyReport.Listing.CodingKeys.allCases.map { .text($0.rawValue) })
    }
    return try workbook.bytes()
  }
}
