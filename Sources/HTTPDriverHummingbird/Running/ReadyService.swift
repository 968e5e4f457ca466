#if Hummingbird
  import ServiceLifecycle

  /// Stands for the server where there is none: does what comes before it, and ends with the other services.
  struct ReadyService: Service {
    let prelude: [@concurrent @Sendable () async throws -> Void]
    let ready: @Sendable () -> Void

    func run() async throws {
      for process in prelude { try await process() }
      ready()
      // Cancelled is ended as well.
      try? await gracefulShutdown()
    }
  }
#endif
