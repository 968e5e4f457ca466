import Foundation
import Testing

@testable import GoldenFiles

@Suite struct `The folder of a source` {
  private let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path

  @Test func `is where it was compiled`() throws {
    #expect(try SourceFolder.locate(#filePath, environment: [:]).path == here)
  }

  @Test func `is mapped by the environment`() throws {
    let root = URL(fileURLWithPath: here).deletingLastPathComponent().path
    for value in ["/build/Tests=\(root)", "/other=/x:/build/Tests/=\(root)/"] {
      let folder = try SourceFolder.locate(
        "/build/Tests/GoldenFilesTests/File.swift", environment: ["HARNESS_SOURCE_MAP": value])
      #expect(folder.path == here)
    }
  }

  @Test func `is missed with all places that were tried`() {
    let error = #expect(throws: SourceFolder.Absence.self) {
      try SourceFolder.locate(
        "/build/Tests/File.swift", environment: ["HARNESS_SOURCE_MAP": "/build=/nowhere"])
    }
    #expect(
      error?.description == """
        the sources of the test are not here, so its golden files are not either
          tried  /nowhere/Tests
          tried  /build/Tests
          try    HARNESS_SOURCE_MAP=<folder at compile time>=<folder now>, for example \
        HARNESS_SOURCE_MAP=/build/Tests=/checkout
        """)
  }

  @Test func `lists what a run wrote`() {
    #expect(UsageLog.updateList([]) == nil)
    #expect(
      UsageLog.updateList(["a/Goldens/x.json", "b/Goldens/y.txt"])
        == "golden files written: 2\n  a/Goldens/x.json\n  b/Goldens/y.txt\n")
  }
}
