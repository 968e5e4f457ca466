import Fixtures
import GoldenFiles
import Foundation
import Testing

@Suite struct `Folders for tests` {
  @Test func `of their own are removed with all that is in them`() async throws {
    let path = try withTemporaryFolder { folder in
      let path = try folder.write([1, 2], to: "a/b.bin")
      #expect(try [UInt8](Data(contentsOf: URL(filePath: path))) == [1, 2])
      return folder.url.path
    }
    #expect(!FileManager.default.fileExists(atPath: path))
    struct Thrown: Error {}
    var other = ""
    await #expect(throws: Thrown.self) {
      try await withTemporaryFolder { folder in
        await Task.yield()
        other = folder.url.path
        throw Thrown()
      }
    }
    #expect(!FileManager.default.fileExists(atPath: other))
  }

  @Test(arguments: ["../up.bin", "a/../../up.bin", ".."])
  func `have nothing outside of them`(name: String) throws {
    let text = "\"\(name)\" leaves the folder: a name in it has no \"..\""
    try withTemporaryFolder { folder in
      let error = #expect(throws: FolderNameError.self) { try folder.write([1], to: name) }
      #expect("\(error, default: "")" == text)
    }
    try withFixtureView(of: "isx") { view in
      #expect(throws: FolderNameError.self) { try view.path(name) }
      #expect(throws: FolderNameError.self) { try view.write([1], to: name) }
      #expect(throws: FolderNameError.self) { try view.path(changing: name) }
      #expect(throws: FolderNameError.self) { try view.remove(name) }
    }
  }

  @Test func `of fixtures may be changed, and the fixtures stay`() throws {
    let report = "2025 06 22 ISX Daily Report.xlsx"
    let before = try Fixture.bytes("isx/\(report)")
    let root = try Fixture.path("isx")
    try withFixtureView(of: "isx") { view in
      #expect(view.names.count == 5)
      // Read where it lies, until it is changed.
      #expect(try view.path(report) == "\(root)/\(report)")
      let path = try view.path(changing: report)
      #expect(try view.path(report) == path)
      try Data([7]).write(to: URL(filePath: path))
      #expect(try view.bytes(report) == [7])
      try view.write([8], to: "new/file.bin")
      try view.remove("README.md")
      #expect(throws: CocoaError.self) { try view.path("README.md") }
      #expect(throws: CocoaError.self) { try view.remove("nothing") }
      #expect(view.names.contains("new/file.bin") && !view.names.contains("README.md"))
      let folder = try view.complete()
      let made = try FileManager.default.subpathsOfDirectory(atPath: folder).filter {
        $0.contains(".")
      }
      #expect(made.sorted() == view.names)
      try view.write([9], to: "README.md")
      #expect(try view.bytes("README.md") == [9])
    }
    #expect(try Fixture.bytes("isx/\(report)") == before)
  }
}

@Suite struct `The golden format of workbooks` {
  private static func workbook(_ close: Double) throws -> Workbook {
    var writer = WorkbookWriter()
    try writer.addSheet("Prices") { sheet throws(WorkbookError) in
      try sheet.append(["Code", .number(close)])
    }
    return try Workbook(bytes: writer.bytes())
  }

  @Test func `compares by meaning`() throws {
    let format = WorkbookGolden()
    let golden = try format.read(format.write(Self.workbook(1.45)))
    #expect(try format.compare(Self.workbook(1.45), with: golden, rules: []).differences.isEmpty)
    let changed = try format.compare(Self.workbook(1.5), with: golden, rules: [.uuid("/id")])
    #expect(
      changed.differences.map(\.description) == ["Prices!B1\n  golden    1.45\n  actual    1.5"])
    #expect(changed.violations.count == 1)
    #expect(format.fileExtension == "xlsx")
  }

  @Test func `is used by expectGolden`() throws {
    try expectGolden(Self.workbook(1.45), as: .workbook, named: "prices")
  }
}
