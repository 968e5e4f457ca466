public import Foundation
import HarnessReporting
public import HarnessWorkbooks

/// The files that tests read: found by name in the folder `testdata` of the package.
///
/// ```swift
/// let report = try Fixture.workbook("isx/2025 06 24 ISX Daily Report.xlsx")
/// ```
///
/// A name is a path below `testdata`, which is looked for beside the test's source file and in each
/// folder above it; the nearest one that has the file wins. The environment variable `HARNESS_FIXTURES`
/// names a folder that is looked in before them, for a suite that runs away from its sources; so is the
/// bundle that is given, such as `.module` for the resources of the test target, in its folder `testdata` and
/// in the bundle itself.
///
/// A fixture that is missing fails the test at its line, and the failure says what was tried.
public enum Fixture: Sendable {
  /// The path of a fixture.
  ///
  /// - Throws: The recorded failure when there is no such file.
  public static func path(
    _ name: String, in bundle: Bundle? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) throws -> String {
    let search = FixtureSearch(
      name, from: "\(filePath)", bundle: bundle?.resourceURL?.path,
      environment: ProcessInfo.processInfo.environment)
    let files = FileManager.default
    if let path = search.paths.first(where: { files.fileExists(atPath: $0) }) { return path }
    let message = search.failure { try? files.contentsOfDirectory(atPath: $0) }
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    throw Reporter().error(recording: Failure(message, at: site))
  }

  /// The file URL of a fixture.
  ///
  /// - Throws: The recorded failure when there is no such file.
  public static func url(
    _ name: String, in bundle: Bundle? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) throws -> URL {
    URL(
      filePath: try path(
        name, in: bundle, fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// The bytes of a fixture.
  ///
  /// - Throws: The recorded failure when there is no such file, or it is a folder; the system's error when it
  ///   cannot be read.
  public static func bytes(
    _ name: String, in bundle: Bundle? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) throws -> [UInt8] {
    let url = try url(
      name, in: bundle, fileID: fileID, filePath: filePath, line: line, column: column)
    if FileKind(at: url.path) == .folder {
      let message = """
        the fixture "\(name)" is a folder
          folder  \(url.path)
          try     the name of a file in it, or withFixtureView for all of it
        """
      let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
      throw Reporter().error(recording: Failure(message, at: site))
    }
    return [UInt8](try Data(contentsOf: url))
  }

  /// A fixture opened as a workbook.
  ///
  /// - Throws: The recorded failure when there is no such file; a `WorkbookError` when it is no sound
  ///   workbook, which is not recorded, so that a test may expect it.
  public static func workbook(
    _ name: String, in bundle: Bundle? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) throws -> Workbook {
    try Workbook(
      path: path(name, in: bundle, fileID: fileID, filePath: filePath, line: line, column: column))
  }
}
