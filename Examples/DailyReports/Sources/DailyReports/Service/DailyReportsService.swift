import Hummingbird
import HummingbirdCore
public import Logging
public import NIOCore
public import ServiceLifecycle

/// The daily reports service: takes workbooks, tells how their import goes, and keeps the reports.
///
/// It runs in a `ServiceGroup`, and stops gracefully with it: imports that were accepted still end.
public struct DailyReportsService: Service {
  private let configuration: DailyReportsConfiguration
  private let logger: Logger
  private let store: any ReportStore
  private let journal: any ProgressJournal
  private let errors: any ErrorWriter
  private let onListening: @Sendable (SocketAddress) async -> Void

  /// Makes a service, which does nothing before it runs.
  ///
  /// - Parameters:
  ///   - configuration: what can be chosen.
  ///   - logger: where the service logs; records of an operation carry it as `operation`.
  ///   - store: where reports are kept.
  ///   - journal: where progress is kept for those who follow it.
  ///   - errors: what writes the responses to failed requests.
  ///   - onListening: called once, with the address that the service now listens on.
  public init(
    configuration: DailyReportsConfiguration = DailyReportsConfiguration(),
    logger: Logger,
    store: any ReportStore,
    journal: any ProgressJournal = MemoryProgressJournal(),
    errors: any ErrorWriter = ProblemWriter(),
    onListening: @escaping @Sendable (SocketAddress) async -> Void = { _ in }
  ) {
    self.configuration = configuration
    self.logger = logger
    self.store = store
    self.journal = journal
    self.errors = errors
    self.onListening = onListening
  }

  /// Serves until the group that it runs in shuts down.
  ///
  /// - Throws: when the address is taken, or uploads cannot be stored anywhere.
  public func run() async throws {
    let uploads = try UploadDirectory(inside: configuration.temporaryDirectory)
    defer { uploads.remove() }

    let imports = ImportRunner(Importer(store: store, journal: journal))
    let server = Application(
      router: router(uploads: uploads, imports: imports),
      server: HTTPServerBuilder { [journal] responder in
        ProgressChannel(responder: responder, journal: journal)
      },
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: configuration.port)),
      onServerRunning: { [onListening] channel in
        if let address = channel.localAddress { await onListening(address) }
      },
      logger: logger)

    // Services stop in the opposite order: no new uploads come in while the last imports end.
    try await ServiceGroup(services: [imports, server], logger: logger).run()
  }

  private func router(
    uploads: UploadDirectory, imports: ImportRunner
  ) -> Router<BasicRequestContext> {
    Router(
      [
        .health(),
        .upload(
          to: UploadIntake(directory: uploads, limit: configuration.uploadLimit),
          imports: imports, journal: journal),
        .progress(in: journal),
        .reports(in: store),
        .report(in: store),
      ], errors: errors)
  }
}
