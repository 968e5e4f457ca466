import HarnessLock
import Waiters

/// A store on a database, with one of the faults that a cancellation brings out, or with none.
struct Store: Sendable {
  enum Fault: Sendable {
    case none
    /// The connection is given back where all went well, and not where a statement threw.
    case keepsConnection
    /// Both the statement and the caller roll back.
    case rollsBackTwice
    /// An error of a statement leaves the transaction open.
    case neverRollsBack
    /// `try?` before a statement.
    case swallowsCancellation
    /// Each error becomes one of its own.
    case replacesError
    /// A worker is started, and neither cancelled nor awaited.
    case leavesWorker
    /// It asks for what nobody sends.
    case isStuck
    /// It fails by itself.
    case fails
  }

  struct Closed: Error {}

  let lab: CancellationLab
  let fault: Fault
  /// What a fault leaves waiting, for the test to end.
  let leftovers: Leftovers

  func save() async throws {
    let database = Database(lab: lab)
    try await database.connect()
    defer { if fault != .keepsConnection { database.disconnect() } }
    do {
      try await database.begin()
      try await write(to: database)
      try await database.commit()
    } catch {
      if database.isInTransaction {
        if fault != .neverRollsBack { database.rollback() }
        if fault == .rollsBackTwice { database.rollback() }
      }
      throw fault == .replacesError ? Closed() : error
    }
    if fault == .keepsConnection { database.disconnect() }
  }

  private func write(to database: Database) async throws {
    switch fault {
    case .swallowsCancellation: try? await database.insert()
    case .leavesWorker:
      let work = lab.begin("worker")
      Task { [leftovers] in
        await leftovers.wait()
        work.end()
      }
      try await database.insert()
    case .isStuck:
      _ = await Mailbox<Int>("replies").outcomeOfNext()
    case .fails: throw Closed()
    case .none, .keepsConnection, .rollsBackTwice, .neverRollsBack, .replacesError:
      try await database.insert()
    }
  }
}

/// A stand-in that tells a lab what is done to it.
private final class Database: Sendable {
  private let lab: CancellationLab
  private let transaction = Lock(false)

  init(lab: CancellationLab) {
    self.lab = lab
  }

  var isInTransaction: Bool { transaction.withLock { $0 } }

  func connect() async throws {
    try await lab.point("connect")
    lab.balance("connection pool").acquire()
  }

  func disconnect() { lab.balance("connection pool").release() }

  func begin() async throws {
    try await lab.point("begin")
    lab.due("rollback")
    transaction.withLock { $0 = true }
  }

  func insert() async throws { try await lab.point("insert") }

  func commit() async throws {
    try await lab.point("commit")
    lab.waive("rollback")
    transaction.withLock { $0 = false }
  }

  func rollback() { lab.once("rollback") }
}

/// Tasks that wait for what never comes, until the test ends them.
final class Leftovers: Sendable {
  private struct Contents {
    var waiters: [CheckedContinuation<Void, Never>] = []
    var isOver = false
  }

  private let contents = Lock(Contents())

  /// Waits until the end, cancelled or not.
  func wait() async {
    await withCheckedContinuation { continuation in
      let isOver = contents.withLock { contents in
        if !contents.isOver { contents.waiters.append(continuation) }
        return contents.isOver
      }
      if isOver { continuation.resume() }
    }
  }

  /// Waits until the end or a cancellation, but misses a cancellation that came before: this is the fault.
  func waitUnlessCancelled() async throws {
    await withTaskCancellationHandler {
      await wait()
    } onCancel: {
      for waiter in takeAll() { waiter.resume() }
    }
    try Task.checkCancellation()
  }

  /// Ends all waits, present and to come.
  func end() {
    contents.withLock { $0.isOver = true }
    for waiter in takeAll() { waiter.resume() }
  }

  private func takeAll() -> [CheckedContinuation<Void, Never>] {
    contents.withLock { contents in
      defer { contents.waiters = [] }
      return contents.waiters
    }
  }
}
