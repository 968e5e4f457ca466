import DailyReportsTestSupport
import TestHarness
import XCTest

final class ProgressTests: XCTestCase {
  func testItIsReplayedForAClientThatJoinsLate() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let operation = try await http.upload(SampleBulletin.june22.workbook)
      let live = try await http.follow(operation)
      let late = try await http.follow(operation)
      XCTAssertEqual(late.sequence, live.sequence)
      XCTAssertEqual(late.stages, live.stages)
      XCTAssertEqual(late.last?.reportId, live.last?.reportId)
    }
  }

  func testItGoesOnWhereALostConnectionBrokeOff() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let operation = try await http.upload(SampleBulletin.june22.workbook)
      let driver = WSDriver(http)
      let path = "/ws/operations/\(operation)"
      let first = try await driver.connect(path) { socket in
        let run = try await socket.follow(Progress.flow, until: { $0.stage == .transformation })
        socket.hangUp(.reset)
        return run
      }
      let whole = try await driver.connect(path) { socket in
        try await socket.follow(Progress.flow, from: .after(first))
      }
      XCTAssertEqual(whole.replayed, first.events.count)
      XCTAssertEqual(whole.stages, ["validation", "transformation", "storage", "completed"])
    }
  }

  func testItEndsWithANormalClosure() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let operation = try await http.upload(SampleBulletin.june22.workbook)
      try await WSDriver(http).connect("/ws/operations/\(operation)") { socket in
        _ = try await socket.collect(Progress.self, until: \.isTerminal, within: .seconds(5))
        try await socket.expectClose(code: .normalClosure)
      }
    }
  }

  func testItIsRefusedForAnUnknownOperation() async throws {
    try await withDailyReports { service in
      try await WSDriver(HTTPDriver(service.address))
        .expectRefusal("/ws/operations/unknown")
        .exchange.expectProblem(
          status: .notFound, type: "https://example.com/problems/unknown-operation")
    }
  }

  func testTwoUploadsAtOnceAreKeptApart() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      async let one = http.upload(SampleBulletin.june22.workbook)
      async let other = http.upload(SampleBulletin.june23.workbook)
      let (first, second) = try await (one, other)
      XCTAssertNotEqual(first, second)

      async let progressOfOne = http.follow(first)
      async let progressOfOther = http.follow(second)
      let (of22, of23) = try await (progressOfOne, progressOfOther)
      XCTAssertTrue(of22.allSatisfy { $0.operation == first })
      XCTAssertTrue(of23.allSatisfy { $0.operation == second })
      let report22 = try await http.report(of: of22)
      let report23 = try await http.report(of: of23)
      XCTAssertEqual(report22.date, "2025-06-22")
      XCTAssertEqual(report23.date, "2025-06-23")
    }
  }
}
