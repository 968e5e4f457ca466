public import ArgumentParser
public import DailyReports
import Foundation
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// The options of an executable that runs the service, and the running itself.
public struct ServiceOptions: ParsableArguments, Sendable {
  @Option(help: "The port to listen on; 0 for one that the system chooses.")
  var port = 8080

  @Option(help: "The database file; without it, reports are kept in memory.")
  var database: String?

  /// Makes the options with their defaults.
  public init() {}

  /// Opens the store that the options name.
  public func openStore() throws -> SQLiteReportStore {
    try SQLiteReportStore(path: database)
  }

  /// Runs the service until SIGTERM or SIGINT asks it to stop.
  ///
  /// One line on standard output says when it listens, and where. Logs go to standard error.
  public func serve(
    store: any ReportStore,
    journal: any ProgressJournal = MemoryProgressJournal(),
    errors: any ErrorWriter = ProblemWriter()
  ) async throws {
    let logger = Logger(label: "daily-reports") { StreamLogHandler.standardError(label: $0) }
    var configuration = DailyReportsConfiguration()
    configuration.port = port

    let service = DailyReportsService(
      configuration: configuration, logger: logger, store: store, journal: journal, errors: errors
    ) { address in
      let line = "listening on \(address.ipAddress ?? "?"):\(address.port ?? 0)\n"
      FileHandle.standardOutput.write(Data(line.utf8))
    }

    var group = ServiceGroupConfiguration(
      services: [service], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    // A client that keeps its connection busy does not keep the service from stopping.
    group.maximumGracefulShutdownDuration = .seconds(5)
    try await ServiceGroup(configuration: group).run()
  }
}
