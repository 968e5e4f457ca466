import HarnessReporting
import Testing

/// A failure whose reporter never saw the test's task.
@Suite struct LostReporterSuite {
  @Test func madeOnADetachedTask() async {
    await Task.detached {
      Reporter().record(Failure("from nowhere", at: CallSite()))
    }.value
  }
}
