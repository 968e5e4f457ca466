import Logging

/// An uploaded workbook that waits to become a report.
struct ImportJob: Sendable {
  let operation: OperationID
  let upload: StagedUpload
  /// Carries the operation in its metadata, so that every record about it can be found.
  let logger: Logger
}
