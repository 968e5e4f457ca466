import TestHarness

/// A sound bulletin of two companies, each of which traded as many shares as an `Int` can count.
public func hugeBulletin() throws -> [UInt8] {
  var workbook = WorkbookWriter()
  try workbook.addSheet("Bulletin") { sheet throws(WorkbookError) in
    try sheet.append([.text("2025-06-25")])
    try sheet.append(DailyReport.Listing.CodingKeys.allCases.map { .text($0.rawValue) })
    for company in ["One", "Two"] {
      let cells = DailyReport.Listing.CodingKeys.allCases.map { column in
        switch column {
        case .company, .code: company
        case .volume: "\(Int.max)"
        default: "1"
        }
      }
      try sheet.append(cells.map { .text($0) })
    }
  }
  return try workbook.bytes()
}
