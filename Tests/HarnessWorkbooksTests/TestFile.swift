/// Files of `testdata`, found from this file.
enum TestFile {
  static func path(_ name: String, from file: StaticString = #filePath) -> String {
    // Tests/HarnessWorkbooksTests/TestFile.swift
    let root = "\(file)".split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(root)/testdata/\(name)"
  }
}
