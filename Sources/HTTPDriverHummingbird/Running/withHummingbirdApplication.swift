#if Hummingbird
  import Foundation
  public import HTTPDriver
  import HarnessReporting
  public import Hummingbird
  import HummingbirdCore

  /// Runs `body` beside an application and its services, and shuts it down gracefully in the end.
  ///
  /// ```swift
  /// try await withHummingbirdApplication(makeApplication(), over: .tcp) { transport in
  ///   try await HTTPDriver(transport).get("/").expect(status: .ok)
  /// }
  /// ```
  ///
  /// `body` begins when the application's services run, what it does before the server starts is done, and its server
  /// listens. The address is chosen here, whatever the application's configuration says, so tests run beside each
  /// other. `body` ends with the graceful shutdown of all services, which is awaited.
  ///
  /// Over ``HummingbirdReach/inProcess`` there is no server: `onServerRunning` is not called. Over
  /// ``HummingbirdReach/memory`` the server is Hummingbird's plain HTTP/1.1, whatever the application's is.
  ///
  /// - Throws: What the application throws when it starts or stops, and what `body` throws. An application that does not
  ///   start by the deadline (that of the `withDeadline` scope, or 10 seconds), ends while `body` runs, or does not stop
  ///   within `stopLimit` fails the test at this line.
  @discardableResult
  public func withHummingbirdApplication<App: ApplicationProtocol, R>(
    _ application: App, over reach: HummingbirdReach = .inProcess,
    stoppingWithin stopLimit: Duration = .seconds(10), fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
    _ body: (HTTPTransport) async throws -> R
  ) async throws -> R {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let run = ApplicationRun(stoppingWithin: stopLimit, site: site)
    let prelude = application.processesRunBeforeServerStart
    switch reach {
    case .inProcess:
      let transport = HTTPTransport.calling(try await service(of: application))
      if application.services.isEmpty, prelude.isEmpty { return try await body(transport) }
      let ready = ReadyService(prelude: prelude) { run.started(transport) }
      return try await run.with(application.services + [ready], application.logger, body)
    case .memory:
      let server = MemoryServer(
        service: try await service(of: application), prelude: prelude, ready: run.started)
      return try await run.with(application.services + [server], application.logger, body)
    case .tcp:
      let listening = ListeningApplication(
        base: application, address: .hostname("127.0.0.1", port: 0)
      ) { channel in
        guard let port = channel.localAddress?.port else {
          preconditionFailure("a bound TCP channel has no port")
        }
        run.started(.address("http://127.0.0.1:\(port)"))
      }
      return try await run.with([listening], application.logger, body)
    case .unixSocket:
      let name = "hb-\(String(UInt64.random(in: 0 ... .max), radix: 36)).sock"
      let path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
      let listening = ListeningApplication(
        base: application, address: .unixDomainSocket(path: path)
      ) { _ in run.started(.unixSocket(path)) }
      defer { try? FileManager.default.removeItem(atPath: path) }
      return try await run.with([listening], application.logger, body)
    }
  }

  private func service<App: ApplicationProtocol>(
    of application: App
  ) async throws -> RespondingService<App.Responder> {
    RespondingService(
      responder: try await application.responder, logger: application.logger,
      serverName: application.configuration.serverName)
  }
#endif
