import Foundation
import Logging
import NIOPosix

/// Makes a report of an uploaded workbook, and tells how far it is.
struct Importer: Sendable {
  let store: any ReportStore
  let journal: any ProgressJournal

  /// Imports a workbook and removes its file, whatever comes of it.
  func run(_ job: ImportJob) async {
    var numbering = ProgressNumbering(job.operation)
    func tell(_ news: ProgressEvent.News) {
      journal.record(numbering.event(news))
    }

    do {
      let report = try await makeReport(of: job, tell)
      job.logger.info("report stored", metadata: ["report": "\(report)"])
      job.upload.remove()
      tell(.completed(report))
    } catch let problem as ServiceProblem {
      job.logger.notice("workbook refused", metadata: ["problem": "\(problem.document.type)"])
      job.upload.remove()
      tell(.failed(problem.document))
    } catch {
      job.logger.error("import failed", metadata: ["error": "\(error)"])
      job.upload.remove()
      tell(.failed(ServiceProblem.failure.document))
    }
  }

  private func makeReport(
    of job: ImportJob, _ tell: (ProgressEvent.News) -> Void
  ) async throws -> ReportID {
    func enter(_ stage: ProgressEvent.Stage, percent: Int) {
      job.logger.info("stage entered", metadata: ["stage": "\(stage.rawValue)"])
      tell(.entered(stage, percent: percent))
    }

    enter(.validation, percent: 0)
    // On a thread of its own: reading and unpacking a file would hold up other tasks.
    let bulletin = try await NIOThreadPool.singleton.runIfActive {
      try BulletinReader.read(job.upload)
    }

    enter(.transformation, percent: 50)
    let report = Report(
      bulletin, id: ReportID(), createdAt: Date(), fileName: job.upload.fileName)

    enter(.storage, percent: 75)
    try await store.insert(report)
    return report.id
  }
}
