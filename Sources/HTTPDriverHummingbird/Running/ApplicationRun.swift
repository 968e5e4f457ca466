#if Hummingbird
  import HTTPDriver
  import HarnessReporting
  import Logging
  import ServiceLifecycle
  import Waiters

  /// Runs services in a group of their own, beside a body that needs them.
  struct ApplicationRun: Sendable {
    private enum Start: Sendable {
      case running(HTTPTransport)
      case ended((any Error)?)
    }

    private let stopLimit: Duration
    private let site: CallSite
    private let reporter = Reporter()
    private let start = Signal<Start>("the application has started")
    private let end = Signal<(any Error)?>("the application has stopped")

    init(stoppingWithin stopLimit: Duration, site: CallSite) {
      self.stopLimit = stopLimit
      self.site = site
    }

    /// The application can be reached.
    var started: @Sendable (HTTPTransport) -> Void {
      { start.send(.running($0)) }
    }

    func with<R>(
      _ services: [any Service], _ logger: Logger, _ body: (HTTPTransport) async throws -> R
    ) async throws -> R {
      let group = ServiceGroup(configuration: .init(services: services, logger: logger))
      let task = Task {
        var failure: (any Error)?
        do { try await group.run() } catch { failure = error }
        start.send(.ended(failure))
        end.send(failure)
      }
      let result: Result<R, any Error>
      do {
        result = .success(try await body(try await transport()))
      } catch {
        result = .failure(error)
      }
      await group.triggerGracefulShutdown()
      let failure = await stopped(task)
      switch result {
      case .failure(let error as NotStarted): throw error.cause
      case .failure:
        // The test's own failure most likely follows from it.
        if let failure {
          reporter.record(
            Failure("the application failed while the test ran: \(failure)", at: site))
        }
      case .success: if let failure { throw failure }
      }
      return try result.get()
    }

    /// Waits until the application can be reached.
    private func transport() async throws -> HTTPTransport {
      switch try await start.value(
        fileID: site.fileID, filePath: site.filePath, line: site.line, column: site.column)
      {
      case .running(let transport): return transport
      case .ended(let failure): throw NotStarted(cause: failure ?? ServerStopped())
      }
    }

    /// Waits for the end, although the test may be cancelled or late, and gives the application's own error.
    private func stopped(_ task: Task<Void, Never>) async -> (any Error)? {
      if let ended = await endReached() { return ended.failure }
      reporter.record(
        Failure(
          """
          the application did not stop within \(stopLimit): a handler or a service still runs
            try  end it when it is asked to: withGracefulShutdownHandler, cancelWhenGracefulShutdown
          """, at: site))
      // What comes of that is no failure of its own.
      task.cancel()
      _ = await endReached()
      return nil
    }

    private func endReached() async -> Ended? {
      // Detached: neither the cancellation nor the deadline of the test counts here.
      await Task.detached {
        guard case .value(let failure) = await end.outcome(within: stopLimit) else {
          return nil
        }
        return Ended(failure: failure)
      }.value
    }

    private struct Ended: Sendable {
      let failure: (any Error)?
    }

    private struct NotStarted: Error {
      let cause: any Error
    }
  }
#endif
