import Foundation
import TestHarness
import Testing

/// What a suite writes that imports `TestHarness` and nothing else of the package.
@Suite struct `One import for all` {
  @Test func `names tables and their golden rows without a module before them`() throws {
    let table: CSVTable = try Fixture.csv("problems/sources.csv")
    let rows = CSVRows(table)
    #expect(rows.rows.first == table.header)
    #expect(throws: CSVRowsError.self) { try CSVRows(parsing: "\"a") }
    let error = #expect(throws: CSVError.self) { try CSVTable(CSVReader(text: "\"a")) }
    #expect(error?.line == 1)
    let format: CSVGolden = .csv
    #expect(try format.read(format.write(rows)) == rows)
  }

  @Test func `has no type whose name two modules give`() throws {
    // The modules that come with the import, by their `Exports.swift` and those of the modules that they name.
    let modules = [
      "Fixtures", "GoldenFiles", "HTTPDriver", "HarnessJSON", "HarnessWebSocket",
      "HarnessWorkbooks",
      "ProblemJSON", "TestHarness", "WSDriver", "Waiters",
    ]
    let sources = URL(filePath: "\(#filePath)").deletingLastPathComponent()
      .appending(path: "../../Sources").standardizedFileURL
    let declaration =
      /public (?:final )?(?:struct|enum|class|actor|protocol|typealias) (?<name>\w+).*/
    var owners: [Substring: Set<String>] = [:]
    for module in modules {
      let folder = sources.appending(path: module)
      for file in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      where file.hasSuffix(".swift") {
        let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        for line in text.split(separator: "\n") {
          if let match = line.wholeMatch(of: declaration) {
            owners[match.output.name, default: []].insert(module)
          }
        }
      }
    }
    #expect(owners["CSVTable"] == ["Fixtures"])
    let shared = owners.filter { $0.value.count > 1 }.keys.sorted()
    #expect(shared == [], "\(shared) cannot be named by who imports TestHarness")
  }
}
