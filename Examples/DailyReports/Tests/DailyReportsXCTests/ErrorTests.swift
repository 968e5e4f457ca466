import DailyReportsTestSupport
import TestHarness
import XCTest

final class ErrorTests: XCTestCase {
  func testErrorsAreProblemDocuments() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      for request in FailingRequest.all {
        try await http.send(request.method, request.path, request.body)
          .expectProblem(status: request.status, type: request.type)
      }
    }
  }

  func testAnErrorOfAMethodNamesThoseThatArePossible() async throws {
    try await withDailyReports { service in
      try await HTTPDriver(service.address).send(.patch, "/api/v1/reports/unknown")
        .expect(status: .methodNotAllowed)
        .expectHeader("Allow", "DELETE, GET, HEAD")
    }
  }
}
