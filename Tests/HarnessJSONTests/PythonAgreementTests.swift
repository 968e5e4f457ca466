import Foundation
import HarnessJSON
import Testing

/// 100,000 texts, half of them broken, and what Python's `json` makes of them.
@Suite(.enabled(if: Python.path != nil, "there is no python3"))
struct `The agreement with Python` {
  @Test(.timeLimit(.minutes(15)))
  func `covers what is accepted and what is read`() async throws {
    let count = 100_000
    var input = try await Python.output(of: "json-agreement/generate.py", "\(count)", "9259")[...]
    var verdicts: [String: Int] = [:]
    for _ in 0..<count {
      let line = String(decoding: input.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
      let parts = line.split(separator: " ")
      try #require(parts.count == 3)
      input = input.dropFirst(line.utf8.count + 1)
      let text = Array(input.prefix(Int(parts[0]) ?? 0))
      input = input.dropFirst(text.count)
      let read = input.prefix(Int(parts[2]) ?? 0)
      input = input.dropFirst(read.count)
      let verdict = String(parts[1])
      verdicts[verdict, default: 0] += 1
      let ours = Self.verdict(on: text)
      // A broken text may have half a surrogate pair before what Python names.
      let isRefused = verdict == "refused" && ours.name == "surrogate"
      if !isRefused && ours.name != verdict || !ours.read.elementsEqual(read) {
        Issue.record(
          """
          \(String(decoding: text, as: UTF8.self).debugDescription)
            Python  \(verdict) \(String(decoding: read, as: UTF8.self))
            ours    \(ours.name) \(String(decoding: ours.read, as: UTF8.self))
          """)
      }
    }
    #expect(input.isEmpty)
    // Each kind occurs often enough to mean something.
    #expect(verdicts["accepted", default: 0] > 50_000)
    #expect(verdicts["refused", default: 0] > 20_000)
    #expect(verdicts["surrogate", default: 0] > 100)
  }

  private static func verdict(on text: [UInt8]) -> (name: String, read: [UInt8]) {
    do {
      return ("accepted", try JSONValue(parsing: text).compactBytes)
    } catch {
      return (error.code == .loneSurrogate ? "surrogate" : "refused", [])
    }
  }
}

/// The Python of this machine.
private enum Python {
  static let path: String? = {
    let environment = ProcessInfo.processInfo.environment
    let folders = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/python3" }
    return ([environment["HARNESS_PYTHON"]].compactMap(\.self) + folders)
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// What a script of `testdata` writes.
  static func output(of script: String, _ arguments: String...) async throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).bin")
    _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path))
    process.arguments = [try testDataPath(script)] + arguments
    process.standardOutput = try FileHandle(forWritingTo: file)
    try await withCheckedThrowingContinuation {
      (continuation: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in continuation.resume() }
      do { try process.run() } catch {
        process.terminationHandler = nil
        continuation.resume(throwing: error)
      }
    }
    try #require(process.terminationStatus == 0)
    return try Array(Data(contentsOf: file))
  }
}
