import HTTPTypes

extension ServiceProblem {
  /// The problem as the client gets it.
  ///
  /// Source: RFC 9457, section 3.1. Types are absolute URIs, so that they mean the same wherever
  /// the document is read.
  var document: ProblemDocument {
    switch self {
    case .malformedRequest:
      problem("malformed-request", "Malformed request", 400, "This is not an HTTP request.")
    case .unknownPath(let path):
      problem("unknown-path", "Unknown path", 404, "There is nothing at \(path).")
    case .methodNotAllowed(let method, let allowed):
      problem(
        "method-not-allowed", "Method not allowed", 405,
        "\(method.rawValue) is not possible here, only \(allowed.listed).")
    case .unknownReport(let id):
      problem("unknown-report", "Unknown report", 404, "There is no report \(id).")
    case .unknownOperation(let id):
      problem(
        "unknown-operation", "Unknown operation", 404,
        "There is no operation \(id). Operations are forgotten some time after they ended.")
    case .upgradeRequired:
      problem(
        "upgrade-required", "Upgrade required", 426,
        "Progress is told over a WebSocket: ask for an upgrade with version 13.")
    case .wrongMediaType(let type):
      problem(
        "wrong-media-type", "Wrong media type", 415,
        "An upload is multipart/form-data with a boundary, not \(type ?? "a body without a type").")
    case .malformedUpload(let reason):
      problem("malformed-upload", "Malformed upload", 400, reason)
    case .tooLarge(let limit):
      problem(
        "too-large", "Upload too large", 413, "A workbook may have at most \(limit) bytes.")
    case .notAWorkbook(let reason):
      problem(
        "not-a-workbook", "Not a workbook", 422,
        "\(reason.prefix(1).uppercased())\(reason.dropFirst()).")
    case .encryptedWorkbook:
      problem(
        "encrypted-workbook", "Encrypted workbook", 422,
        "The workbook is protected with a password. Save it without one and upload it again.")
    case .headerNotFound(let sheets):
      problem(
        "header-not-found", "Header not found", 422,
        "No sheet has the header row of a bulletin. Visible sheets: \(sheets.quoted).")
    case .tradingDateNotFound(let sheet):
      problem(
        "trading-date-not-found", "Trading date not found", 422,
        "The rows above the header of \([sheet].quoted) name no trading date.")
    case .badCells(let errors):
      problem(
        "bad-cells", "Bad cells", 422,
        errors.count == 1
          ? "A cell of the bulletin is wrong." : "\(errors.count) cells of the bulletin are wrong.",
        errors: errors)
    case .failure:
      problem(
        "internal-error", "Internal error", 500,
        "The service failed. What happened is in its log.")
    }
  }

  /// Header fields that HTTP asks for beside the document.
  var headers: HTTPFields {
    switch self {
    // RFC 9110, section 15.5.6.
    case .methodNotAllowed(_, let allowed): [.allow: allowed.listed]
    // RFC 9110, section 15.5.22, and RFC 6455, section 4.4.
    case .upgradeRequired: [.upgrade: "websocket", .secWebSocketVersion: "13"]
    case .malformedRequest, .unknownPath, .unknownReport, .unknownOperation, .wrongMediaType,
      .malformedUpload,
      .tooLarge, .notAWorkbook, .encryptedWorkbook, .headerNotFound, .tradingDateNotFound,
      .badCells, .failure:
      [:]
    }
  }

  private func problem(
    _ name: String, _ title: String, _ status: Int, _ detail: String,
    errors: [ProblemDocument.CellError]? = nil
  ) -> ProblemDocument {
    ProblemDocument(
      type: "https://example.com/problems/\(name)", title: title, status: status, detail: detail,
      errors: errors)
  }
}

extension [HTTPRequest.Method] {
  /// The methods as the Allow field lists them.
  fileprivate var listed: String { map(\.rawValue).sorted().joined(separator: ", ") }
}

extension [String] {
  fileprivate var quoted: String { map { "“\($0)”" }.joined(separator: ", ") }
}
