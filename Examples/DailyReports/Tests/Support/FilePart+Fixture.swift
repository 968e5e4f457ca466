public import TestHarness

extension FilePart.Content {
  /// A file in `testdata`.
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
