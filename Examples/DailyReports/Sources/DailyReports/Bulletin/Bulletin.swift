import HarnessWorkbooks

/// What an uploaded workbook says, before anything is computed from it.
struct Bulletin: Sendable, Equatable {
  /// The companies of one sector, in the order of the sheet.
  struct Sector: Sendable, Equatable {
    var name: String
    var rows: [ReportRow]
  }

  var date: SheetDate
  var sectors: [Sector]
}
