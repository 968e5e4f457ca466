#if Hummingbird
  import Hummingbird
  import HummingbirdCore
  import Logging
  import NIOCore
  import ServiceLifecycle

  /// An application that listens where it is told to, and says so; everything else is that of another one.
  struct ListeningApplication<Base: ApplicationProtocol>: ApplicationProtocol {
    let base: Base
    let address: BindAddress
    let listens: @Sendable (any Channel) -> Void

    var responder: Base.Responder { get async throws { try await base.responder } }
    var server: HTTPServerBuilder { base.server }
    var eventLoopGroup: any EventLoopGroup { base.eventLoopGroup }
    var logger: Logger { base.logger }
    var services: [any Service] { base.services }

    var processesRunBeforeServerStart: [@concurrent @Sendable () async throws -> Void] {
      base.processesRunBeforeServerStart
    }

    var configuration: ApplicationConfiguration {
      var configuration = base.configuration
      configuration.address = address
      return configuration
    }

    @Sendable func onServerRunning(_ channel: any Channel) async {
      await base.onServerRunning(channel)
      listens(channel)
    }
  }
#endif
