import Fixtures
public import HTTPDriver

extension FilePart.Content {
  /// A file in `testdata`, found as `Fixture.path` finds it.
  ///
  /// ```swift
  /// try await http.post("/upload", .multipart { FilePart("file", .fixture("isx/report.xlsx")) })
  /// ```
  ///
  /// A fixture that is missing fails the test at this line.
  public static func fixture(
    _ name: String, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) -> FilePart.Content {
    // When there is none, the test has failed by now; sending its name fails as well.
    .path(
      (try? Fixture.path(name, fileID: fileID, filePath: filePath, line: line, column: column))
        ?? name)
  }
}
