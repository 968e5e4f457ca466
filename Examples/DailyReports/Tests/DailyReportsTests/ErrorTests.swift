import DailyReportsTestSupport
import TestHarness
import Testing

@Suite struct `Errors` {
  @Test(arguments: FailingRequest.all)
  func `are problem documents`(request: FailingRequest) async throws {
    try await withDailyReports { service in
      try await HTTPDriver(service.address)
        .send(request.method, request.path, request.body)
        .expectProblem(status: request.status, type: request.type)
    }
  }

  @Test func `of a method name those that are possible`() async throws {
    try await withDailyReports { service in
      try await HTTPDriver(service.address).send(.patch, "/api/v1/reports/unknown")
        .expect(status: .methodNotAllowed)
        .expectHeader("Allow", "DELETE, GET, HEAD")
    }
  }
}
