import Foundation
import HarnessWorkbooks

extension ServiceProblem {
  /// What a client is told about a workbook that could not be read.
  init(_ error: WorkbookError) {
    switch error.kind {
    case .encrypted:
      self = .encryptedWorkbook
    case .badCells:
      self = .badCells(error.cells.map { .init($0, of: error.sheet ?? "") })
    case .notFound, .unreadable:
      // The upload was stored by this service, so this is no fault of the client's.
      self = .failure
    default:
      self = .notAWorkbook(error.reason)
    }
  }
}

extension ProblemDocument.CellError {
  fileprivate init(_ cell: WorkbookError.BadCell, of sheet: String) {
    detail =
      "\(cell.header) is \(cell.value), which is not \(Self.words[cell.wanted] ?? cell.wanted)."
    // RFC 6901, sections 3 and 6: escaped as a pointer first, and then as a fragment.
    let token = sheet.replacing("~", with: "~0").replacing("/", with: "~1")
    let fragment = token.addingPercentEncoding(withAllowedCharacters: .urlFragmentAllowed) ?? token
    pointer = "#/\(fragment)/\(cell.reference)"
  }

  /// What cells should hold, in the words of those who fill them in.
  private static let words = [
    "Decimal": "a number", "Int": "a whole number", "String": "a text",
  ]
}
