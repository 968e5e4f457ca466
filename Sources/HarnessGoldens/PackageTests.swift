package import Foundation

/// Lists and runs the tests of a package: `swift test`, or what stands for it in a test of ours.
package struct PackageTests {
  /// The output of `swift test list` in a package; nil where it fails, and then it has said why.
  let list: (URL) -> String?
  /// Runs all tests of a package, with their results in a file and another beside it.
  let run: (URL, _ results: URL) -> Void

  /// Puts the two together.
  package init(list: @escaping (URL) -> String?, run: @escaping (URL, _ results: URL) -> Void) {
    self.list = list
    self.run = run
  }

  /// Those of the package manager, which tells what it does on standard error: the report stands alone.
  package static var swiftPM: PackageTests {
    PackageTests(
      list: { package in
        let output = Pipe()
        guard
          let process = swift(["test", "list"], in: package, output: output.fileHandleForWriting)
        else { return nil }
        // Read to its end before the wait, or a full pipe would keep the process from ending.
        try? output.fileHandleForWriting.close()
        let data = (try? output.fileHandleForReading.readToEnd()) ?? Data()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
      },
      run: { package, results in
        // Failed tests are in the results; a build that failed leaves none.
        swift(
          ["test", "--parallel", "--xunit-output", results.path], in: package,
          output: .standardError)?.waitUntilExit()
      })
  }

  private static func swift(
    _ arguments: [String], in package: URL, output: FileHandle
  ) -> Process? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["swift"] + arguments
    process.currentDirectoryURL = package
    process.standardOutput = output
    process.standardError = FileHandle.standardError
    return (try? process.run()).map { process }
  }
}
