import ArgumentParser
import HarnessJSON

/// The compliance tests of JSONPath.
struct JSONPathCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jsonpath", abstract: "Runs a compliance test suite of JSONPath (RFC 9535).")

  @Argument(help: "The suite's cts.json.") var suite: String

  func run() throws {
    var report = SuiteReport(suite)
    for test in try requiredValue(of: suite)["tests"]?.arrayValue ?? [] {
      report.add(test["name"]?.stringValue ?? "", try failure(of: test))
    }
    try report.finish()
  }

  /// What is wrong with a case; nil when it passes.
  private func failure(of test: JSONValue) throws -> String? {
    let selector = test["selector"]?.stringValue ?? ""
    let nodes: [JSONNode]
    do throws(JSONPathError) {
      let path = try JSONPath(parsing: selector)
      if test["invalid_selector"]?.boolValue == true { return "accepted" }
      nodes = try (test["document"] ?? .null).nodes(at: path)
    } catch {
      return test["invalid_selector"]?.boolValue == true ? nil : "\(error)"
    }
    let values = JSONValue.array(nodes.map(\.value))
    let paths = JSONValue.array(nodes.map { .string($0.normalizedPath) })
    // Where the order is open, the suite lists every one.
    let results = test["results"]?.arrayValue ?? [test["result"] ?? .null]
    let allPaths = test["results_paths"]?.arrayValue ?? [test["result_paths"] ?? .null]
    guard zip(results, allPaths).contains(where: { $0 == values && $1 == paths }) else {
      return "selected \(values.compactText) at \(paths.compactText)"
    }
    return nil
  }
}

/// The public tests of JSON Patch.
struct JSONPatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jsonpatch", abstract: "Runs a test suite of JSON Patch (RFC 6902).")

  @Argument(help: "The suite's tests.json.") var suite: String

  func run() throws {
    var report = SuiteReport(suite)
    for (index, test) in (try requiredValue(of: suite).arrayValue ?? []).enumerated() {
      guard let patch = test["patch"] else { continue }
      let name = test["comment"]?.stringValue ?? test["error"]?.stringValue ?? ""
      report.add("\(index) \(name)", failure(of: test, patch))
    }
    try report.finish()
  }

  private func failure(of test: JSONValue, _ patch: JSONValue) -> String? {
    let result: JSONValue
    do throws(JSONPatchError) {
      result = try JSONPatch(patch).applied(to: test["doc"] ?? .null)
    } catch {
      return test["error"] != nil ? nil : "\(error)"
    }
    if test["error"] != nil { return "accepted" }
    guard let expected = test["expected"], expected != result else { return nil }
    return "made \(result.compactText)"
  }
}

/// Counts cases and keeps what is wrong with those that failed.
private struct SuiteReport {
  private let suite: String
  private var passed = 0
  private var failed: [JSONValue] = []

  init(_ suite: String) {
    self.suite = suite
  }

  mutating func add(_ name: String, _ failure: String?) {
    guard let failure else {
      passed += 1
      return
    }
    failed.append(["name": .string(name), "message": .string(failure)])
  }

  func finish() throws {
    let result: JSONValue = [
      "file": .string(suite), "passed": .number(JSONNumber(passed)), "failed": .array(failed),
    ]
    print(result.compactText)
    if !failed.isEmpty || passed == 0 { throw ExitCode(1) }
  }
}
