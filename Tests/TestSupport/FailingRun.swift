/// A run of suites that fail on purpose, in a process of its own, and what a user would have read.
package struct FailingRun: Sendable {
  /// The two frameworks; `swift test` runs each in its own process.
  package enum Framework: String, Sendable, CaseIterable {
    case swiftTesting = "swift-testing"
    case xctest
  }

  /// A failure as the framework printed it.
  package struct RecordedIssue: Sendable, Equatable {
    /// The test it is shown under, such as `body()` or `ReporterFailures.testBody`.
    package let test: String
    /// The file's name and the line.
    package let place: String
    /// The text, without what the framework puts before it.
    package let message: String

    /// Describes a failure as a test expects to read it.
    package init(test: String, place: String, message: String) {
      self.test = test
      self.place = place
      self.message = message
    }
  }

  /// Everything that was printed.
  package let output: String
  /// Whether the process ended as a run with failures does: by itself, with status 1.
  package var hasFailed: Bool { exitStatus == 1 }
  /// The status with which it ended by itself; nil where a signal ended it.
  package let exitStatus: Int32?
  /// The failures, in the order in which they were printed.
  package var issues: [RecordedIssue]

  /// The failures shown under one test.
  package func issues(of test: String) -> [RecordedIssue] {
    issues.filter { $0.test == test }
  }
}
