package import Testing

/// What is known of the Swift Testing test that runs on this task.
///
/// XCTest tells a library nothing of the kind on Linux, so there is none in its tests.
package struct RunningTest: Sendable, Equatable {
  /// The name of the test function as it is written, such as `` `sums agree`() ``.
  package let name: String
  /// The test as `swift test list` writes it, such as ``Module.`A sum`/`agrees`()``.
  package let specifier: String
  /// Whether the test runs once for each of several arguments.
  package let isParameterized: Bool

  /// Describes a test.
  package init(name: String, specifier: String, isParameterized: Bool) {
    self.name = name
    self.specifier = specifier
    self.isParameterized = isParameterized
  }

  /// The suites around the test, such as `` `A sum`/Nested ``; nil where there is none.
  package var suite: String? {
    guard specifier.hasSuffix("/\(name)") else { return nil }
    let path = specifier.dropLast(name.count + 1)
    guard let dot = path.firstIndex(of: "."), path.index(after: dot) < path.endIndex else {
      return nil
    }
    return String(path[path.index(after: dot)...])
  }

  /// A test's name with those of its suites, such as `UploadTests/resumes()`.
  package static func path(of test: Test) -> String {
    let specifier = specifier(of: "\(test.id)")
    guard let dot = specifier.firstIndex(of: ".") else { return test.name }
    return String(specifier[specifier.index(after: dot)...])
  }

  /// The path of the test of this task; nil in XCTest, in a detached task and on a thread.
  package static var currentPath: String? { Test.current.map { path(of: $0) } }

  /// The test of this task; nil in XCTest, in a detached task and on a thread.
  package static var current: RunningTest? {
    guard let test = Test.current else { return nil }
    return RunningTest(
      name: test.name, specifier: specifier(of: "\(test.id)"),
      isParameterized: Test.Case.current?.isParameterized ?? false)
  }

  /// An identifier without the source location behind it: ``Module.Suite/test()/File.swift:10:4``.
  ///
  /// There is no other public form of it.
  static func specifier(of identifier: String) -> String {
    guard identifier.wholeMatch(of: /.*\/[^\/]+:[0-9]+:[0-9]+/.dotMatchesNewlines()) != nil,
      let slash = identifier.lastIndex(of: "/")
    else { return identifier }
    return String(identifier[..<slash])
  }
}
