/// What the lint found in some files.
package struct LintReport: Sendable {
  /// The findings of one file.
  package struct File: Sendable, Equatable {
    /// Its path.
    package var path: String
    /// What is objected to.
    package var result: SourceLint.Result
  }

  /// The files with findings.
  package private(set) var files: [File] = []
  /// What could not be looked at.
  package private(set) var problems: [PathProblem] = []
  /// How many files were looked at.
  package private(set) var checked = 0

  /// Looks at the Swift sources under some paths: files, and folders with all that is in them.
  package init(of roots: [String]) {
    let sources = SourceFiles(under: roots)
    problems = sources.problems
    for path in sources.paths { check(path) }
  }

  private mutating func check(_ path: String) {
    do throws(PathProblem) {
      let bytes = try SourceFiles.bytes(of: path)
      let result = try Self.check(bytes, of: path)
      checked += 1
      if !result.findings.isEmpty { files.append(File(path: path, result: result)) }
    } catch {
      problems.append(error)
    }
  }

  private static func check(_ bytes: [UInt8], of path: String) throws(PathProblem)
    -> SourceLint.Result
  {
    do throws(NestingError) {
      return try SourceLint.check(bytes)
    } catch {
      throw PathProblem(path: "\(path):\(error.line):\(error.column)", reason: "\(error)")
    }
  }

  /// How many findings there are.
  package var count: Int { files.reduce(0) { $0 + $1.result.findings.count + $1.result.omitted } }
}

extension LintReport: CustomStringConvertible {
  /// A line for each finding, as compilers write it, and one that sums up.
  package var description: String {
    var lines: [String] = []
    for file in files {
      for finding in file.result.findings {
        lines.append(
          "\(file.path):\(finding.line):\(finding.column): error: \(finding.message)"
            + " [\(finding.rule)]")
      }
      if file.result.omitted > 0 {
        lines.append("\(file.path): error: \(file.result.omitted) more findings in this file")
      }
    }
    lines += problems.map { "\($0.path): error: \($0.reason); it was not checked" }
    lines.append(summary)
    return lines.joined(separator: "\n")
  }

  private var summary: String {
    let sources = "\(checked) Swift \(checked == 1 ? "file" : "files")"
    guard count > 0 else {
      return problems.isEmpty
        ? "no sleep and no poll loop in \(sources)"
        : "no finding in the \(sources) that were checked"
    }
    return """
      \(count) \(count == 1 ? "finding" : "findings") in \(files.count) of \(sources)
      where it must be: // harness:allow(sleep): the reason, on its line or on the line above
      """
  }
}
