/// The tests of a package, and what became of them in a run.
struct TestRun {
  /// What a result file says of a test.
  enum Result {
    case passed, failed, skipped
  }

  /// The tests by the form in which both sources name them alike: `Module.Suite.test()`.
  private(set) var listed: [String]
  private(set) var results: [String: Result] = [:]

  /// Reads the output of `swift test list`.
  init(list: String) {
    listed = list.split(whereSeparator: \.isNewline).map(String.init)
      .filter(Self.isSpecifier).map(Self.key)
  }

  /// `Module.…`: a build may have said something too, such as "Build complete! (1.2s)".
  private static func isSpecifier(_ line: String) -> Bool {
    let module = line.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return !module.isEmpty && line.dropFirst(module.count).hasPrefix(".")
  }

  /// `Module.Suite/test()` and the class and name of a result are the same test.
  static func key(_ specifier: String) -> String {
    specifier.replacing("/", with: ".")
  }

  /// Adds the results of a file that `swift test --xunit-output` wrote.
  ///
  /// It is read for what that command writes, not as XML in general.
  mutating func addResults(xunit text: String) {
    var rest = text[...]
    while let start = rest.firstRange(of: "<testcase") {
      rest = rest[start.upperBound...]
      guard let end = rest.firstIndex(of: ">") else { return }
      let attributes = rest[..<end]
      rest = rest[rest.index(after: end)...]
      var result = Result.passed
      if !attributes.hasSuffix("/") {
        let close = rest.firstRange(of: "</testcase>")?.lowerBound ?? rest.endIndex
        let content = rest[..<close]
        if content.contains("<failure") || content.contains("<error") {
          result = .failed
        } else if content.contains("<skipped") {
          result = .skipped
        }
        rest = rest[close...]
      }
      guard let suite = Self.attribute("classname", in: attributes),
        let name = Self.attribute("name", in: attributes)
      else { continue }
      let key = Self.key("\(suite).\(name)")
      // A test that ran twice and failed once has failed.
      if results[key] != .failed { results[key] = result }
    }
  }

  private static func attribute(_ name: String, in text: Substring) -> String? {
    guard let start = text.firstRange(of: " \(name)=\"")
    else { return nil }
    let value = text[start.upperBound...].prefix { $0 != "\"" }
    return String(value).replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&quot;", with: "\"").replacing("&apos;", with: "'").replacing("&amp;", with: "&")
  }

  /// Why a module's run is not complete; nil when each of its listed tests passed.
  func gap(in module: String?) -> String? {
    let tests = listed.filter { module == nil || $0.hasPrefix("\(module ?? "").") }
    guard !tests.isEmpty else {
      return module.map { "no test of \($0) is listed" } ?? "no test is listed"
    }
    let missing = tests.filter { results[$0] == nil }
    if let first = missing.first {
      return "no result is known of \(missing.count) of \(tests.count) tests, such as \(first)"
    }
    let bad = tests.filter { results[$0] != .passed }
    if let first = bad.first {
      return "\(bad.count) of \(tests.count) tests failed or were skipped, such as \(first)"
    }
    return nil
  }
}
