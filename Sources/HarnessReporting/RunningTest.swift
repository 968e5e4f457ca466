package import Testing

/// What is known of the Swift Testing test that runs on this task.
///
/// XCTest tells a library nothing of the kind on Linux, so there is none in its tests.
package struct RunningTest: Sendable, Equatable {
  /// The name of the test function as it is written, such as `` `sums agree`() ``.
  package let name: String
  /// Whether the test runs once for each of several arguments.
  package let isParameterized: Bool

  /// A test's name with those of its suites, such as `UploadTests/resumes()`.
  package static func path(of test: Test) -> String {
    // `Module.Suite/test()/File.swift:12:4`: the module ends at the first dot, the place begins at the last
    // slash. There is no other public form of it.
    let id = String(describing: test.id)
    guard let dot = id.firstIndex(of: "."), let slash = id.lastIndex(of: "/"), dot < slash else {
      return test.name
    }
    return String(id[id.index(after: dot)..<slash])
  }

  /// The path of the test of this task; nil in XCTest, in a detached task and on a thread.
  package static var currentPath: String? { Test.current.map { path(of: $0) } }

  /// The test of this task; nil in XCTest, in a detached task and on a thread.
  package static var current: RunningTest? {
    guard let test = Test.current else { return nil }
    return RunningTest(
      name: test.name, isParameterized: Test.Case.current?.isParameterized ?? false)
  }
}
