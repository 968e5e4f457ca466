import HTTPTypes
import Hummingbird

extension Endpoint {
  /// Where the progress of an operation is told, for requests that did not become a WebSocket.
  ///
  /// The upgrade itself happens in ``ProgressChannel``, before a request reaches the router. What
  /// comes as far as here was refused: this endpoint says why.
  static func progress(in journal: any ProgressJournal) -> Endpoint {
    Endpoint(
      "/ws/operations/:id",
      [
        .get: { _, context in
          let id = OperationID(try context.parameters.require("id"))
          throw journal.knows(id)
            ? ServiceProblem.upgradeRequired : ServiceProblem.unknownOperation(id.description)
        }
      ])
  }
}
