import Foundation
import GoldenFiles
import HarnessTestSupport
import Testing

@Suite struct `Expecting a golden file` {
  struct Report: Encodable {
    let id = UUID()
    let createdAt = Date()
    let total = Decimal(12.5)
  }

  @Test func `passes when nothing differs`() throws {
    try expectGolden("a\nb\n")
    try expectGolden(["b": 2, "a": [1.50]] as JSONValue, named: "value")
    try expectGolden(Report(), named: "report", rules: [.uuid("/id"), .timestamp("/createdAt")])
  }

  @Test(arguments: ["one", "two"]) func `takes a case instead of a name`(_ number: String) throws {
    try expectGolden(number, case: number)
  }

  @Test(arguments: ["one", "two"]) func `takes a name for each case`(_ number: String) throws {
    try expectGolden(number, named: "numbers/\(number)")
  }

  @Test(arguments: FailingRun.Framework.allCases)
  func `is one failure at the caller's line`(_ framework: FailingRun.Framework) async throws {
    let isXCTest = framework == .xctest
    let suite = isXCTest ? "GoldenFailures" : "GoldenSuite"
    let artifacts = FileManager.default.temporaryDirectory
      .appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: artifacts) }
    let run = try await FailingRun.of(
      suite, framework, environment: ["HARNESS_ARTIFACTS": artifacts, "UPDATE_GOLDEN": "0"])
    let folder = "Tests/FailingSuites/Goldens"
    func test(_ name: String) -> String {
      isXCTest
        ? "GoldenFailures.test\(name.prefix(1).uppercased())\(name.dropFirst())" : "\(name)()"
    }
    func help(_ file: String, _ mode: String) -> String {
      let candidate = "\(artifacts)/goldens/Tests/FailingSuites/Goldens/\(file)"
      let parent = file.split(separator: "/").dropLast().map { "/\($0)" }.joined()
      return """
          candidate \(candidate)
          accept    mkdir -p \(folder)\(parent) && cp \(candidate) \(folder)/\(file)
          or        UPDATE_GOLDEN=\(mode) swift test
        """
    }
    let unnamed = isXCTest ? "GoldenFailures/testMissing.txt" : "GoldenSuite/missing.txt"
    let expected = [
      (
        "missing", 8,
        """
        there is no golden file \(folder)/\(unnamed)
        \(help(unnamed, "missing"))
        """
      ),
      (
        "different", 12,
        """
        differs from the golden file \(folder)/failing.json
          /rows/1/code
            expected  "TASC"
            actual    "BBOB"
        \(help("failing.json", "changed"))
        """
      ),
      (
        "shared", 17,
        """
        two places share the golden file \(folder)/same.txt
          here   \(suite).swift:17\(isXCTest ? "" : ", HarnessFailingSuites.GoldenSuite/shared()")
          there  HarnessFailingSuites/\(suite).swift:16:21\(isXCTest ? "" : ", HarnessFailingSuites.GoldenSuite/shared()")
          try    named: "…", another for each
        """
      ),
    ]
    for (name, line, message) in expected {
      #expect(
        run.issues(of: test(name)) == [
          .init(test: test(name), place: "\(suite).swift:\(line)", message: message)
        ])
    }
    #expect(run.issues.count == expected.count)
    #expect(run.hasFailed)
  }
}
