import HTTPTypes
import Hummingbird

extension Endpoint {
  /// The list of the stored reports, the newest first.
  static func reports(in store: any ReportStore) -> Endpoint {
    Endpoint(
      "/api/v1/reports",
      [.get: { _, _ in try .json(["reports": try await store.summaries()]) }])
  }

  /// One stored report, to be read or deleted.
  static func report(in store: any ReportStore) -> Endpoint {
    Endpoint(
      "/api/v1/reports/:id",
      [
        .get: { _, context in
          let id = ReportID(try context.parameters.require("id"))
          guard let report = try await store.report(id) else {
            throw ServiceProblem.unknownReport(id.description)
          }
          return try .json(report)
        },
        .delete: { _, context in
          let id = ReportID(try context.parameters.require("id"))
          guard try await store.delete(id) else {
            throw ServiceProblem.unknownReport(id.description)
          }
          return Response(status: .noContent)
        },
      ])
  }
}
