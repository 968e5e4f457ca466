import DailyReports
import Foundation
import NIOCore
import ServiceLifecycle
import TestHarness

/// Runs `body` with a service of its own, which has an empty store, listens on a port that the system
/// chooses, and ends when `body` does.
public func withDailyReports(
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column, _ body: (RunningService) async throws -> Void
) async throws {
  let directory = FileManager.default.temporaryDirectory.appending(path: "suite-\(UUID())")
  try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: directory) }

  switch ServiceUnderTest.chosen {
  case .inProcess:
    try await runInProcess(uploadsIn: directory, body)
  case .executable(let path, let fault):
    try await withServiceProcess(
      path, arguments: ["--port", "0"] + (fault.map { ["--fault", $0] } ?? []),
      environment: ["TMPDIR": directory.path], fileID: fileID, filePath: filePath, line: line,
      column: column
    ) { process in
      try await body(
        RunningService(address: process.address, logs: ServiceLogs(), directory: directory))
    }
  }
}

private func runInProcess(
  uploadsIn directory: URL, _ body: (RunningService) async throws -> Void
) async throws {
  var configuration = DailyReportsConfiguration()
  configuration.temporaryDirectory = directory.path
  let logs = ServiceLogs()
  let listening = Signal<SocketAddress>("the service's address")
  let service = DailyReportsService(
    configuration: configuration, logger: logs.logger, store: try SQLiteReportStore(),
    onListening: listening.send)
  let group = ServiceGroup(services: [service], logger: logs.logger)

  async let running: Void = group.run()
  do {
    let port = try await listening.value().port ?? 0
    try await body(
      RunningService(address: "http://127.0.0.1:\(port)", logs: logs, directory: directory))
  } catch {
    await group.triggerGracefulShutdown()
    throw error
  }
  await group.triggerGracefulShutdown()
  try await running
}
