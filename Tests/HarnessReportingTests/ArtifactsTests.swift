import Foundation
import Testing

@testable import HarnessReporting

@Suite struct `The artifacts folder` {
  @Test func `lies beside the manifest above the source`() {
    let folder = Artifacts.directory(near: #filePath, environment: [:])
    #expect(folder.lastPathComponent == ".harness")
    let manifest = folder.deletingLastPathComponent().appendingPathComponent("Package.swift")
    #expect(FileManager.default.fileExists(atPath: manifest.path))
  }

  @Test func `is where the environment says`() {
    let folder = Artifacts.directory(
      near: #filePath, environment: ["HARNESS_ARTIFACTS": "/tmp/evidence"])
    #expect(folder.path == "/tmp/evidence")
  }

  @Test func `is in the working directory where no manifest is above the source`() {
    let folder = Artifacts.directory(near: "/nowhere/Tests/A.swift", environment: [:])
    #expect(Artifacts.displayPath(folder) == ".harness")
  }
}
