import Foundation
public import HarnessJSON
import HarnessReporting

/// Expects a JSON value to mean the same as its golden file.
///
/// ```swift
/// try expectGolden(report, named: "report", rules: [.uuid("/id"), .timestamp("/createdAt")])
/// ```
///
/// The file is `Goldens/report.json` beside the test's source; without a name it is
/// `Goldens/<source file>/<suite>.<test>.json`, with the case behind it, where a parameterised test gives one.
/// A missing file fails the test, and nothing is written beside it:
/// the candidate goes to the artifacts folder, and the failure has the command that accepts it.
/// `UPDATE_GOLDEN=1` writes what is missing or differs (`missing`, `changed`, `all` are finer), though not on
/// CI.
///
/// - Throws: An error that the framework does not record again, when the failure is recorded.
public func expectGolden(
  _ value: JSONValue, named name: String? = nil, case: String? = nil,
  rules: [GoldenRule] = [],
  function: String = #function,
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column
) throws {
  try expectGolden(
    value, as: .json, named: name, case: `case`, rules: rules, function: function, fileID: fileID,
    filePath: filePath, line: line, column: column)
}

/// Expects what a Swift type encodes as JSON to mean the same as its golden file.
///
/// - Throws: What encoding throws; an error that the framework does not record again, when the failure is
///   recorded.
public func expectGolden(
  _ value: some Encodable, named name: String? = nil, case: String? = nil,
  rules: [GoldenRule] = [],
  function: String = #function,
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column
) throws {
  try expectGolden(
    JSONValue(encoding: value), as: .json, named: name, case: `case`, rules: rules,
    function: function,
    fileID: fileID, filePath: filePath, line: line, column: column)
}

/// Expects a text to be the same as its golden file, byte by byte.
///
/// - Throws: An error that the framework does not record again, when the failure is recorded.
public func expectGolden(
  _ text: String, named name: String? = nil, case: String? = nil,
  function: String = #function,
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column
) throws {
  try expectGolden(
    text, as: .text, named: name, case: `case`, function: function, fileID: fileID,
    filePath: filePath,
    line: line, column: column)
}

/// Expects a value to mean the same as its golden file, in a format of its own.
///
/// - Throws: An error that the framework does not record again, when the failure is recorded.
public func expectGolden<Format: GoldenFormat>(
  _ value: Format.Value, as format: Format, named name: String? = nil, case: String? = nil,
  rules: [GoldenRule] = [],
  function: String = #function,
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column
) throws {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  let check = GoldenCheck(
    format, rules: rules, environment: ProcessInfo.processInfo.environment, at: site)
  switch check.run(value, named: name, case: `case`, function: function) {
  case .matches, .updated: return
  case .failed(let message, let evidence):
    throw Reporter().error(recording: Failure(message, at: site, evidence: evidence))
  }
}
