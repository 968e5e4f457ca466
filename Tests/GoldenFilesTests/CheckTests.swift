import Foundation
import HarnessReporting
import Testing

@testable import GoldenFiles

@Suite struct `Checking a golden file` {
  /// A folder of its own for each test.
  private func withFile(_ body: (GoldenFile) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(
      GoldenFile(
        url: folder.appendingPathComponent("Goldens/it's.json"),
        candidate: folder.appendingPathComponent("candidates/it's.json")))
  }

  private func check(
    _ value: JSONValue, _ file: GoldenFile, _ update: String? = nil, rules: [GoldenRule] = []
  ) throws -> GoldenOutcome {
    let environment = update.map { ["UPDATE_GOLDEN": $0] } ?? [:]
    return try GoldenCheck(.json, rules: rules, environment: environment, at: CallSite())
      .run(value, in: file).outcome
  }

  @Test func `never writes a missing file by itself`() throws {
    try withFile { file in
      for _ in 1...2 {
        guard case .failed(let message, let evidence) = try check(["a": 1], file) else {
          Issue.record("it did not fail")
          return
        }
        let folder = file.url.deletingLastPathComponent().path
        #expect(
          message == """
            there is no golden file \(file.path)
              candidate \(file.candidate.path)
              accept    mkdir -p \(folder) && cp '\(file.candidate.path.replacing("'", with: #"'\''"#))' \
            '\(file.path.replacing("'", with: #"'\''"#))'
              or        UPDATE_GOLDEN=missing swift test
            """)
        #expect(evidence.map(\.isAttachedOnly) == [true])
        #expect(try file.read() == nil)
        #expect(try Data(contentsOf: file.candidate) == Data("{\n  \"a\": 1\n}\n".utf8))
      }
    }
  }

  struct Update: CustomTestStringConvertible {
    let mode: String
    let stored: String?
    let written: String?
    var testDescription: String { "\(mode), \(stored ?? "missing")" }

    init(_ mode: String, _ stored: String?, _ written: String?) {
      self.mode = mode
      self.stored = stored
      self.written = written
    }
  }

  static let anew = "{\n  \"a\": 1\n}\n"

  @Test(arguments: [
    Update("1", nil, anew), Update("1", #"{"a":2}"#, anew), Update("1", #"{"a":1.0}"#, nil),
    Update("missing", nil, anew), Update("missing", #"{"a":2}"#, nil),
    Update("changed", nil, nil), Update("changed", #"{"a":2}"#, anew),
    Update("changed", "<<<<<<< HEAD", anew), Update("all", #"{"a":1.0}"#, anew),
    Update("0", nil, nil), Update("0", #"{"a":2}"#, nil),
  ])
  func `writes what the mode says`(_ update: Update) throws {
    try withFile { file in
      if let stored = update.stored { try file.write(Array(stored.utf8)) }
      let outcome = try check(["a": 1], file, update.mode)
      let now = try file.read().map { String(decoding: $0, as: UTF8.self) }
      #expect(now == update.written ?? update.stored)
      if case .updated = outcome {
        #expect(update.written != nil)
      } else {
        #expect(update.written == nil)
      }
    }
  }

  @Test func `keeps placeholders and close numbers in an update`() throws {
    try withFile { file in
      try file.write(Array(#"{"id":"<uuid>","total":1.25,"name":"A"}"#.utf8))
      let value: JSONValue = [
        "id": "0b7c1f0e-52d6-4f6a-9b0c-7d1f6f2a9e11", "total": 1.251, "name": "B",
      ]
      _ = try check(
        value, file, "changed", rules: [.uuid("/id"), .number("/total", tolerance: 0.01)])
      let stored = try JSONValue(parsing: try #require(try file.read()))
      #expect(stored.compactText == #"{"id":"<uuid>","total":1.25,"name":"B"}"#)
    }
  }

  @Test func `does not update what breaks a rule`() throws {
    try withFile { file in
      guard
        case .failed(let message, _) = try check(["id": 7], file, "1", rules: [.uuid("/id")])
      else {
        Issue.record("it did not fail")
        return
      }
      #expect(
        message == """
          breaks the rules for the golden file \(file.path)
            /id breaks the rule .uuid("/id")
              expected  a UUID
              actual    7
          """)
      #expect(try file.read() == nil)
    }
  }

  @Test func `says that a file cannot be read`() throws {
    try withFile { file in
      try file.write(Array("<<<<<<< HEAD\n{}\n".utf8))
      guard case .failed(let message, _) = try check([:], file) else {
        Issue.record("it did not fail")
        return
      }
      #expect(
        message.contains(
          """
            the golden file cannot be read: line 1, column 1 (byte 0): expected a value, found "<"
          """))
    }
  }

  @Test func `writes one value to a file in one run`() throws {
    try withFile { file in
      guard case .updated = try check(["a": 1], file, "1"),
        case .matches = try check(["a": 1.0], file, "1")
      else {
        Issue.record("it failed for equal values")
        return
      }
      guard case .failed(let message, _) = try check(["a": 2], file, "1") else {
        Issue.record("it overwrote the file")
        return
      }
      #expect(
        message == """
          another value was written to the golden file \(file.path) in this run
            /a
              expected  1
              actual    2
            try       named: "…", made of what tells the cases apart
          """)
      #expect(try file.read() == Array(Self.anew.utf8))
    }
  }

  @Test func `keeps the candidates of two folders apart`() throws {
    let name = try GoldenName(
      chosen: "report", test: nil, function: "", fileID: "ReportTests/Journey.swift")
    let candidate = try GoldenFile(
      name, fileExtension: "json", at: CallSite(), environment: [:]
    ).candidate
    #expect(candidate.path.hasSuffix("/goldens/Tests/GoldenFilesTests/Goldens/report.json"))
  }

  @Test func `removes an old candidate once all is well`() throws {
    try withFile { file in
      _ = try check(["a": 1], file)
      #expect(FileManager.default.fileExists(atPath: file.candidate.path))
      _ = try check(["a": 1], file, "1")
      #expect(!FileManager.default.fileExists(atPath: file.candidate.path))
    }
  }

  @Test func `puts what is too long for a failure into a file`() throws {
    try withFile { file in
      try file.write(Array("[]".utf8))
      let value = JSONValue.array((0..<1_000).map { .number(JSONNumber($0)) })
      guard case .failed(let message, let evidence) = try check(value, file) else {
        Issue.record("it did not fail")
        return
      }
      #expect(message.split(separator: "\n").count == 205)
      #expect(message.contains("\n  … (+3800 lines)\n"))
      #expect(evidence.map(\.name) == ["differences.txt", "it's.json"])
      #expect(evidence.first?.bytes.split(separator: UInt8(ascii: "\n")).count == 4_000)
    }
  }

  @Test func `says where a merge left its marks`() throws {
    try withFile { file in
      try file.write(Array("{\n<<<<<<< HEAD\n\"a\": 1\n=======\n\"a\": 2\n>>>>>>> b\n}\n".utf8))
      guard case .failed(let message, _) = try check(["a": 1], file) else {
        Issue.record("it did not fail")
        return
      }
      #expect(
        message.hasPrefix(
          """
          differs from the golden file \(file.path)
            the golden file has the marks of a merge conflict, from line 2 on
              try  resolve it, or accept the candidate
            the golden file cannot be read: line 2, column 1 (byte 2):
          """))
    }
  }

  @Test(arguments: [
    ("\u{FEFF}{\"a\": 1}", true), ("{\r\n  \"a\": 1\r\n}\r\n", true), ("{\"a\": 1}", true),
    ("", false),
  ])
  func `takes white space and a byte-order mark in JSON for nothing`(
    _ stored: String, _ isSame: Bool
  ) throws {
    try withFile { file in
      try file.write(Array(stored.utf8))
      let outcome = try check(["a": 1], file)
      if case .matches = outcome { #expect(isSame) } else { #expect(!isSame) }
      #expect(try file.read() == Array(stored.utf8))
    }
  }

  @Test func `tells the difference where the candidate cannot be stored`() throws {
    try withFile { file in
      try file.write(Array("{}".utf8))
      // A file where the folder of candidates should be.
      try Data().write(to: file.candidate.deletingLastPathComponent())
      guard case .failed(let message, let evidence) = try check(["a": 1], file) else {
        Issue.record("it did not fail")
        return
      }
      #expect(
        message.hasPrefix(
          """
          differs from the golden file \(file.path)
            /a
              expected  nothing
              actual    1
            candidate cannot be written to \(file.candidate.path): 
          """))
      #expect(message.hasSuffix("  accept    UPDATE_GOLDEN=changed swift test"))
      #expect(evidence.count == 1)
    }
  }

  @Test func `says which file cannot be read or written`() throws {
    try withFile { file in
      try FileManager.default.createDirectory(at: file.url, withIntermediateDirectories: true)
      for mode in [nil, "1"] {
        let error = #expect(throws: GoldenFile.Trouble.self) {
          try check(["a": 1], file, mode)
        }
        #expect(
          error?.description.hasPrefix(
            "the golden file cannot be read: \(file.path)\n  reason  ") == true)
      }
    }
    try withFile { file in
      try FileManager.default.createDirectory(
        at: file.url.deletingLastPathComponent().deletingLastPathComponent(),
        withIntermediateDirectories: true)
      try Data().write(to: file.url.deletingLastPathComponent())
      let error = #expect(throws: GoldenFile.Trouble.self) { try check(["a": 1], file, "1") }
      #expect(
        error?.description.hasPrefix(
          "the golden file cannot be written: \(file.path)\n  reason  ") == true)
    }
  }

  @Test func `writes what a link leads to, and leaves the link`() throws {
    try withFile { file in
      let target = file.candidate.deletingLastPathComponent().appendingPathComponent("real.json")
      for folder in [target, file.url].map({ $0.deletingLastPathComponent() }) {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      }
      try Data("{}".utf8).write(to: target)
      try FileManager.default.createSymbolicLink(at: file.url, withDestinationURL: target)
      guard case .updated = try check(["a": 1], file, "1") else {
        Issue.record("it was not updated")
        return
      }
      #expect(try Data(contentsOf: target) == Data(Self.anew.utf8))
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: file.path) == target.path)
    }
  }

  @Test func `says that an empty file is no JSON`() throws {
    try withFile { file in
      try file.write([])
      guard case .failed(let message, _) = try check(["a": 1], file) else {
        Issue.record("it did not fail")
        return
      }
      #expect(message.contains("the golden file cannot be read: it is empty\n"))
    }
  }

  @Test func `catches a name that differs by letter case alone`() throws {
    try withFile { file in
      let other = GoldenFile(
        url: file.url.deletingLastPathComponent().appendingPathComponent("It's.json"),
        candidate: file.candidate)
      try other.write(Array("{}".utf8))
      guard try file.read() == nil else { return }  // This file system ignores case.
      for mode in [nil, "1"] {
        guard case .failed(let message, _) = try check([:], file, mode) else {
          Issue.record("it did not fail")
          return
        }
        #expect(
          message == """
            there is no golden file \(file.path), but one whose name differs by letter case alone
              here   it's.json
              there  It's.json
              try    the same letters for both: some file systems take them for one
            """)
      }
    }
  }

  @Test func `leaves what means the same as it is written in an update`() throws {
    try withFile { file in
      try file.write(Array(#"{"b": [1.0, 2.50], "a": {"x": 1e2}}"#.utf8))
      _ = try check(["a": ["x": 100], "b": [1, 3]], file, "1")
      let stored = try JSONValue(parsing: try #require(try file.read()))
      #expect(stored.compactText == #"{"b":[1.0,3],"a":{"x":1e2}}"#)
    }
  }
}
