import Foundation
import HarnessLock
import Testing
import Waiters

/// What "Waiting for the outside" shows, as it stands there, so that it compiles and holds.
@Suite struct `The article on waiting for the outside` {
  private let folder: String
  private let files: TemporaryFolder

  init() throws {
    files = try TemporaryFolder()
    folder = files.path
  }

  @Test func `shows a sequence`() async throws {
    let client = Client()
    try await withMailbox("progress", of: client.progress) { progress in
      client.start()
      let half = try await progress.first { $0 >= 50 }
      let done = try await progress.first { $0 == 100 }
      #expect(half == 50)
      #expect(done == 100)
    }
  }

  @Test func `shows a completion handler`() async throws {
    let client = Client()
    let report = try await completion(of: "fetch") { done in
      client.fetch("/reports/7", completionHandler: done.resolve)
    }
    #expect(report == "report of /reports/7")
  }

  @Test func `shows a file`() async throws {
    DispatchQueue.global().async { [files] in
      try? files.write("total,7", to: "report.csv")
      try? files.write("starting\nready", to: "service.log")
    }
    try await FileWatch("\(folder)/report.csv").untilExists()

    let log = FileWatch("\(folder)/service.log")
    try await log.until("the log says that it is ready") { $0.text.contains("ready") }
  }

  @Test func `shows a process`() async throws {
    try await withProcess("/usr/bin/env", ["sh", "-c", "echo at 42"]) { migration in
      _ = try await migration.lines.first { $0.text.hasPrefix("at 42") }
      try await migration.expectExit(.exited(0))
    }
  }

  @Test func `shows a port and a socket`() async throws {
    let listener = TestListener()
    let local = TestListener(path: files["service.sock"])
    listener.listen()
    local.listen()
    let port = listener.port
    try await waitForListener(at: .port(port))
    try await waitForListener(at: .unixSocket("\(folder)/service.sock"))
  }

  @Test func `shows a poll`() async throws {
    let database = Database()
    let orders = try await poll(every: .milliseconds(20), "stored orders") {
      try await database.count("orders")
    } until: {
      $0 == 3
    }
    #expect(orders == 3)
  }

  private struct Client: Sendable {
    let progress: AsyncStream<Int>
    private let source: AsyncStream<Int>.Continuation

    init() {
      (progress, source) = AsyncStream.makeStream(of: Int.self)
    }

    func start() {
      for percent in [10, 50, 100] { source.yield(percent) }
    }

    func fetch(
      _ path: String, completionHandler: @escaping @Sendable (Result<String, any Error>) -> Void
    ) {
      DispatchQueue.global().async { completionHandler(.success("report of \(path)")) }
    }
  }

  private final class Database: Sendable {
    private let looks = Lock(0)

    func count(_ table: String) async throws -> Int {
      looks.withLock { looks in
        looks += 1
        return looks
      }
    }
  }
}
