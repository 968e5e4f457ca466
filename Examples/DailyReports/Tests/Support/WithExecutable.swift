public import Foundation
public import TestHarness

/// Runs `daily-reports` in a process of its own, with its database and its temporary files in `directory`.
public func withExecutable(
  in directory: URL, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
  line: UInt = #line, column: UInt = #column, _ body: (ServiceProcess) async throws -> Void
) async throws {
  try await withServiceProcess(
    products.appending(path: "daily-reports").path,
    arguments: ["--port", "0", "--database", directory.appending(path: "reports.sqlite").path],
    environment: ["TMPDIR": directory.path], fileID: fileID, filePath: filePath, line: line,
    column: column, body)
}

/// Where the package manager puts what it builds: beside the tests.
private var products: URL {
  let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
  return tests?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
}
