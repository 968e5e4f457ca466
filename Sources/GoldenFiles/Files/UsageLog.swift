import Foundation
import HarnessJSON
import HarnessLock
import HarnessReporting

/// What this process used of golden files: `harness golden` merges the logs of a run.
///
/// A process appends to a file of its own, a line of JSON for each use: `swift test` runs a test in one process
/// and the next in another, and only all of them together can say that nobody uses a file. A last line says that
/// the process ended by itself; without one it crashed.
enum UsageLog {
  /// What came of a use.
  enum Result: String {
    case matched, updated, missing, different, failed
  }

  private struct State {
    var handle: FileHandle?
    var isOpened = false
    var updated: [String] = []
  }

  private static let state = Lock(State())

  /// Adds a use; where the artifacts cannot be written there is no log, and no verdict about orphans either.
  static func add(
    _ file: GoldenFile, _ result: Result, test: RunningTest?, function: String, at site: CallSite
  ) {
    var members: [JSONObject.Member] = [
      .init(name: "golden", value: .string(file.url.standardizedFileURL.path)),
      .init(name: "result", value: .string(result.rawValue)),
      .init(name: "place", value: .string("\(site.fileID):\(site.line)")),
      .init(name: "function", value: .string(function)),
    ]
    if let test { members.append(.init(name: "test", value: .string(test.specifier))) }
    let line = JSONValue.object(JSONObject(members)).compactText + "\n"
    state.withLock { state in
      if !state.isOpened {
        state.isOpened = true
        state.handle = open(near: file.path)
        atexit { UsageLog.end() }
      }
      if result == .updated { state.updated.append(file.displayPath) }
      try? state.handle?.write(contentsOf: Data(line.utf8))
    }
  }

  private static func open(near golden: String) -> FileHandle? {
    let folder = Artifacts.directory(near: golden)
      .appendingPathComponent("golden-usage", isDirectory: true)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let time = String(Int(Date().timeIntervalSince1970 * 1_000))
      let file = folder.appendingPathComponent(
        "\(time)-\(ProcessInfo.processInfo.processIdentifier).jsonl")
      try Data().write(to: file)
      return try FileHandle(forWritingTo: file)
    } catch {
      return nil
    }
  }

  /// The end of the process: the last line of the log, and the list of what was written.
  private static func end() {
    let updated = state.withLock { state in
      try? state.handle?.write(contentsOf: Data("{\"ended\":true}\n".utf8))
      return Set(state.updated).sorted()
    }
    guard let text = updateList(updated) else { return }
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// What is told at the end of a run that wrote files; nil when it wrote none.
  static func updateList(_ paths: [String]) -> String? {
    guard !paths.isEmpty else { return nil }
    let shown = paths.prefix(100).map { "  \($0)\n" }.joined()
    let more = paths.count > 100 ? "  … (+\(paths.count - 100) files)\n" : ""
    return "golden files written: \(paths.count)\n\(shown)\(more)"
  }
}
