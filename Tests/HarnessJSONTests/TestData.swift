import Foundation

/// The bytes of a file in `testdata`.
func testData(_ path: String, from file: String = #filePath) throws -> [UInt8] {
  let root = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  return try Array(Data(contentsOf: root.appending(path: "testdata/\(path)")))
}
