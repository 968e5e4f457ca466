import HTTPTypes

/// Everything that this service refuses, fails at, or cannot find.
///
/// Handlers and readers throw these. How they look to a client is decided in one place, ``document``.
enum ServiceProblem: Error, Equatable {
  /// What came is no HTTP request.
  case malformedRequest
  /// No such path.
  case unknownPath(String)
  /// The path exists, but not for this method.
  case methodNotAllowed(HTTPRequest.Method, allowed: [HTTPRequest.Method])
  /// No report has this name.
  case unknownReport(String)
  /// No operation has this name.
  case unknownOperation(String)
  /// Progress is told over a WebSocket only.
  case upgradeRequired
  /// The body is not `multipart/form-data`.
  case wrongMediaType(String?)
  /// The multipart body is broken, or has no workbook in it.
  case malformedUpload(String)
  /// The upload is larger than the service takes.
  case tooLarge(limit: Int)
  /// The file is not an xlsx workbook.
  case notAWorkbook(String)
  /// The workbook is protected with a password.
  case encryptedWorkbook
  /// No visible sheet has the header row of a bulletin.
  case headerNotFound(sheets: [String])
  /// The rows above the header name no trading date.
  case tradingDateNotFound(sheet: String)
  /// Cells of the bulletin do not hold what they should.
  case badCells([ProblemDocument.CellError])
  /// A fault of the service itself. What it was is logged, and not told.
  case failure
}
