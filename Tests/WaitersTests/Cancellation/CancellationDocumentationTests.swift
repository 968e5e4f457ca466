import HarnessLock
import Testing
import Waiters

// The programs of the article "Testing cancellation": what is changed here changes there, so that it
// compiles and holds.
@Suite struct `A report store` {
  @Test func `saves nothing where it is cancelled before the commit`() async throws {
    let gate = Gate("before the commit")
    let database = RecordingDatabase(beforeCommit: { try await gate.pass() })
    let store = ReportStore(database: database)

    let end = try await cancel(at: gate) { try await store.save("June") }

    try end.expectCancelled()
    #expect(database.reports.isEmpty)
  }

  @Test func `gives up cleanly wherever it is cancelled`() async throws {
    try await sweepCancellation("saving a report") { lab in
      let store = ReportStore(database: FakeDatabase(lab: lab))
      try await store.save("June")
    }
  }

  @Test func `completes from the commit on`() async throws {
    try await sweepCancellation("publishing", ending: .cancelled.orCompleted(from: "committed")) {
      lab in
      try await lab.point("insert")
      await lab.mark("committed")
    }
  }

  @Test func `is swept with what is set up for each run`() async throws {
    try await sweepCancellation(
      setUp: { lab in ReportStore(database: FakeDatabase(lab: lab)) }
    ) { lab, store in
      try await store.save("June")
    }
  }

  @Test func `is shown by a table where it keeps its connection`() async throws {
    let sweep = try await outcomeOfCancellationSweep("saving a report", within: .seconds(1)) {
      lab in
      let database = FakeDatabase(lab: lab)
      try await database.connect()
      try await database.begin()
      do {
        try await database.insert("June")
        try await database.commit()
      } catch {
        database.rollback()
        throw error
      }
      database.disconnect()
    }
    let lines = sweep.description.split(separator: "\n").map {
      $0.replacing(#/\w+\.swift:\d+/#, with: "SOURCE").replacing(#/ {2,}/#, with: "  ")
    }
    #expect(
      lines == [
        "\"saving a report\" was cancelled at 4 crossings: findings in 3 rounds",
        "  1  \"connect\" SOURCE  threw CancellationError",
        "  2  \"begin\" SOURCE  threw CancellationError  connections: 1 acquired, 0 released",
        "  3  \"insert\" SOURCE  threw CancellationError  connections: 1 acquired, 0 released",
        "  4  \"commit\" SOURCE  threw CancellationError  connections: 1 acquired, 0 released",
        "  -  not cancelled  completed",
        "  try  give back in a `defer`, and what a cancelled wait was given as well",
      ])
  }
}

private protocol Database: Sendable {
  func connect() async throws
  func begin() async throws
  func insert(_ report: String) async throws
  func commit() async throws
  func rollback()
  func disconnect()
}

private struct ReportStore: Sendable {
  let database: any Database

  func save(_ report: String) async throws {
    try await database.connect()
    defer { database.disconnect() }
    try await database.begin()
    do {
      try await database.insert(report)
      try await database.commit()
    } catch {
      database.rollback()
      throw error
    }
  }
}

private struct FakeDatabase: Database {
  let lab: CancellationLab

  func connect() async throws {
    try await lab.point("connect")
    lab.balance("connections").acquire()
  }

  func disconnect() { lab.balance("connections").release() }

  func begin() async throws {
    try await lab.point("begin")
    lab.due("rollback")
  }

  func rollback() { lab.once("rollback") }

  func insert(_ report: String) async throws { try await lab.point("insert") }

  func commit() async throws {
    try await lab.point("commit")
    lab.waive("rollback")
  }
}

/// Keeps what is committed.
private final class RecordingDatabase: Database {
  private struct Contents {
    var inserted: [String] = []
    var committed: [String] = []
  }

  private let beforeCommit: @Sendable () async throws -> Void
  private let contents = Lock(Contents())

  init(beforeCommit: @escaping @Sendable () async throws -> Void) {
    self.beforeCommit = beforeCommit
  }

  var reports: [String] { contents.withLock { $0.committed } }

  func connect() async throws {}
  func disconnect() {}
  func begin() async throws {}
  func rollback() { contents.withLock { $0.inserted = [] } }
  func insert(_ report: String) async throws { contents.withLock { $0.inserted.append(report) } }

  func commit() async throws {
    try await beforeCommit()
    contents.withLock { $0.committed = $0.inserted }
  }
}
