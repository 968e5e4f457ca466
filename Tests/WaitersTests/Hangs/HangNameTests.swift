import HarnessReporting
import Testing

@testable import Waiters

@Suite struct `The name of a test with a limit` {
  @Test func `is one line, so that it forges no other`() {
    let scope = HangScope(
      name: "evil\nhang: innocent\u{1B}[31m", limit: .seconds(60), site: CallSite())
    #expect(scope.name == #"evil\nhang: innocent\u{1B}[31m"#)
    #expect(!scope.nameWithPlace.contains("\n"))
  }
}
