import ServiceLifecycle

/// Runs imports beside each other, and lets those that were accepted end before the service stops.
struct ImportRunner: Service {
  private let importer: Importer
  private let jobs: AsyncStream<ImportJob>
  private let intake: AsyncStream<ImportJob>.Continuation

  init(_ importer: Importer) {
    self.importer = importer
    (jobs, intake) = AsyncStream.makeStream()
  }

  /// Takes in an import, which starts at once.
  func enqueue(_ job: ImportJob) {
    intake.yield(job)
  }

  func run() async throws {
    await withGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        for await job in jobs {
          group.addTask { await importer.run(job) }
        }
      }
    } onGracefulShutdown: {
      intake.finish()
    }
  }
}
