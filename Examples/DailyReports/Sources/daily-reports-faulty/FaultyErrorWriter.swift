import DailyReports
import HTTPTypes
import Hummingbird

/// Writes errors that say too much, or that do not say what they are.
struct FaultyErrorWriter: ErrorWriter {
  private let fault: Fault
  private let writer = ProblemWriter()

  init(_ fault: Fault) {
    self.fault = fault
  }

  func response(to problem: ProblemDocument) throws -> Response {
    var problem = problem
    if fault == .leakyError { problem.detail = Self.stackTrace }
    var response = try writer.response(to: problem)
    if fault == .wrongMediaType { response.headers[.contentType] = "application/json" }
    return response
  }

  /// The beginning of what Swift prints when a program traps.
  private static let stackTrace = """
    Fatal error: Unexpectedly found nil while unwrapping an Optional value
    Thread 4 crashed:
    0 0x000055d0c6a0f3b1 SQLiteReportStore.report(_:) + 417 in daily-reports at \
    /build/Sources/DailyReports/Storage/SQLiteReportStore.swift:39:14
    1 0x000055d0c6a1127e closure #1 in static Endpoint.report(in:) + 89 in daily-reports at \
    /build/Sources/DailyReports/HTTP/ReportEndpoints.swift:23:30
    """
}
