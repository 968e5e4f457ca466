import Testing

/// What is known of the Swift Testing test that runs on this task.
///
/// XCTest tells a library nothing of the kind on Linux, so there is none in its tests.
package struct RunningTest: Sendable, Equatable {
  /// The name of the test function as it is written, such as `` `sums agree`() ``.
  package let name: String
  /// Whether the test runs once for each of several arguments.
  package let isParameterized: Bool

  /// The test of this task; nil in XCTest, in a detached task and on a thread.
  package static var current: RunningTest? {
    guard let test = Test.current else { return nil }
    return RunningTest(
      name: test.name, isParameterized: Test.Case.current?.isParameterized ?? false)
  }
}
