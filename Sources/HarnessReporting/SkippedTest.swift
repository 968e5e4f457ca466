import Testing
import XCTest

/// Ends the running test as skipped, which is no failure and says why.
package enum SkippedTest {
  /// The error that ends the test as skipped, when the test lets it through.
  ///
  /// In Swift Testing only the running case of a parameterised test ends.
  package static func error(_ reason: String, at site: CallSite) -> any Error {
    guard Test.current != nil else {
      return XCTSkip(reason, file: site.filePath, line: site.line)
    }
    do {
      try Test.cancel(
        Comment(rawValue: reason),
        sourceLocation: SourceLocation(
          fileID: "\(site.fileID)", filePath: "\(site.filePath)", line: Int(site.line),
          column: Int(site.column)))
    } catch {
      return error
    }
  }
}
