import Foundation
import Testing
import XCTest

/// The last step of a failure: the calls into the two frameworks.
///
/// What they do was measured on 6.3.1. `XCTFail` inside a Swift Testing test fails nothing, and
/// `Issue.record` inside an XCTest test fails nothing, both in silence; each framework runs in a process
/// of its own. The error of `#require` and that of `XCTUnwrap` are the only ones that a framework does
/// not record again when a test lets them through.
enum Recording {
  /// Records in the Swift Testing test of this task.
  static func record(_ failure: Failure) {
    let text = EvidenceStore.store(failure)
    attach(failure)
    Issue.record(Comment(rawValue: text), sourceLocation: location(failure.site))
  }

  /// Records in the Swift Testing test of this task, and gives the error to throw.
  static func error(recording failure: Failure) -> any Error {
    let text = EvidenceStore.store(failure)
    attach(failure)
    do {
      let asExpected = false
      try #require(asExpected, Comment(rawValue: text), sourceLocation: location(failure.site))
    } catch {
      return error
    }
    preconditionFailure("#require(false) did not throw")
  }

  /// Records where no Swift Testing test is known: in XCTest, or as an issue of the whole run.
  static func recordWithoutTest(_ failure: Failure) {
    let text = textWithoutTest(failure)
    XCTFail(text, file: failure.site.filePath, line: failure.site.line)
    Issue.record(Comment(rawValue: text), sourceLocation: location(failure.site))
  }

  /// Records where no Swift Testing test is known, and gives the error to throw.
  static func errorWithoutTest(recording failure: Failure) -> any Error {
    let text = textWithoutTest(failure)
    Issue.record(Comment(rawValue: text), sourceLocation: location(failure.site))
    do {
      let asExpected: Bool? = nil
      _ = try XCTUnwrap(asExpected, text, file: failure.site.filePath, line: failure.site.line)
    } catch {
      return error
    }
    preconditionFailure("XCTUnwrap(nil) did not throw")
  }

  /// Tells a note as a warning in the Swift Testing test of this task.
  static func note(_ note: Failure) {
    Issue.record(
      Comment(rawValue: note.message), severity: .warning, sourceLocation: location(note.site))
  }

  /// Tells a note where no Swift Testing test is known: XCTest has no warnings.
  static func noteWithoutTest(_ note: Failure) {
    let text = "\(note.site): note: \(note.message)\n"
    FileHandle.standardError.write(Data(text.utf8))
  }

  private static func textWithoutTest(_ failure: Failure) -> String {
    let text = EvidenceStore.store(failure)
    guard RunningFramework.isSwiftTesting else { return text }
    return text + """

      This came from outside the task of a test, so it is not shown under its name.
      Make the waiter or driver in the test's body, or open `withReporter { … }` of HarnessReporting there.
      """
  }

  private static func attach(_ failure: Failure) {
    let names = EvidenceStore.fileNames(for: failure.evidence.map(\.name))
    for (name, evidence) in zip(names, failure.evidence) {
      Attachment.record(evidence.bytes, named: name, sourceLocation: location(failure.site))
    }
  }

  private static func location(_ site: CallSite) -> SourceLocation {
    SourceLocation(
      fileID: site.fileID.description, filePath: site.filePath.description, line: Int(site.line),
      column: Int(site.column))
  }
}

extension Error {
  /// Whether it is what Swift Testing throws for a failure that it has recorded, as by `#require`.
  package var isOfRecordedFailure: Bool { self is ExpectationFailedError }
}
