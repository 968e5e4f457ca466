import DailyReportsTestSupport
import TestHarness
import Testing

@Suite struct `The progress of an operation` {
  @Test func `is replayed for a client that joins late`() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let operation = try await http.upload(SampleBulletin.june22.workbook)
      let live = try await http.follow(operation)
      let late = try await http.follow(operation)
      #expect(late.sequence == live.sequence)
      #expect(late.stages == live.stages)
      #expect(late.last?.reportId == live.last?.reportId)
    }
  }

  @Test func `goes on where a lost connection broke off`() async throws {
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
      #expect(whole.replayed == first.events.count)
      #expect(whole.stages == ["validation", "transformation", "storage", "completed"])
    }
  }

  @Test func `reaches everybody who follows`() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let operation = try await http.upload(SampleBulletin.june22.workbook)
      try await WSDriver(http).connectMany(20, path: { _ in "/ws/operations/\(operation)" }) {
        for socket in $0.sockets { try await socket.follow(Progress.flow) }
      }
    }
  }

  @Test func `ends with a normal closure`() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let operation = try await http.upload(SampleBulletin.june22.workbook)
      try await WSDriver(http).connect("/ws/operations/\(operation)") { socket in
        _ = try await socket.collect(Progress.self, until: \.isTerminal, within: .seconds(5))
        try await socket.expectClose(code: .normalClosure)
      }
    }
  }

  @Test func `is refused for an unknown operation`() async throws {
    try await withDailyReports { service in
      try await WSDriver(HTTPDriver(service.address))
        .expectRefusal("/ws/operations/unknown")
        .exchange.expectProblem(
          status: .notFound, type: "https://example.com/problems/unknown-operation")
    }
  }

  @Test func `is kept apart from that of another upload at the same time`() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      async let one = http.upload(SampleBulletin.june22.workbook)
      async let other = http.upload(SampleBulletin.june23.workbook)
      let (first, second) = try await (one, other)
      #expect(first != second)

      async let progressOfOne = http.follow(first)
      async let progressOfOther = http.follow(second)
      let (of22, of23) = try await (progressOfOne, progressOfOther)
      #expect(of22.allSatisfy { $0.operation == first })
      #expect(of23.allSatisfy { $0.operation == second })
      #expect(try await http.report(of: of22).date == "2025-06-22")
      #expect(try await http.report(of: of23).date == "2025-06-23")
    }
  }
}
