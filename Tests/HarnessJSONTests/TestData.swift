import Foundation

/// The path of a file in `testdata`.
func testDataPath(_ path: String, from file: String = #filePath) throws -> String {
  let root = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  return root.appending(path: "testdata/\(path)").path
}

/// The bytes of a file in `testdata`.
func testData(_ path: String) throws -> [UInt8] {
  try Array(Data(contentsOf: URL(fileURLWithPath: testDataPath(path))))
}
