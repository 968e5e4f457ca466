import HTTPTypes
import Hummingbird
import Logging

extension Endpoint {
  /// Takes a workbook and begins to import it.
  ///
  /// The operation is made after the last byte of the upload, so that an upload that breaks off
  /// leaves nothing behind.
  static func upload(
    to intake: UploadIntake, imports: ImportRunner, journal: any ProgressJournal
  ) -> Endpoint {
    Endpoint(
      "/api/v1/upload",
      [
        .post: { request, context in
          let upload: StagedUpload
          do {
            upload = try await intake.receive(request)
          } catch let error as UploadBrokeOff {
            context.logger.notice("upload aborted", metadata: ["reason": "\(error.reason)"])
            throw ServiceProblem.malformedUpload("The upload broke off.")
          }

          let operation = OperationID()
          var logger = context.logger
          logger[metadataKey: "operation"] = "\(operation)"
          logger.info("upload accepted", metadata: ["file": "\(upload.fileName)"])
          journal.open(operation)
          imports.enqueue(ImportJob(operation: operation, upload: upload, logger: logger))

          let progress = "/ws/operations/\(operation)"
          return try .json(
            ["operation": "\(operation)", "progress": progress], status: .accepted,
            headers: [.operationID: "\(operation)", .location: progress])
        }
      ])
  }
}

extension HTTPField.Name {
  /// The operation that an accepted upload began.
  static var operationID: Self { Self("X-Operation-ID")! }
}
