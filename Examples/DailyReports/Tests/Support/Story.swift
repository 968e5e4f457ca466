import Foundation
import HarnessReporting

/// What a journey did, step by step, as a person likes to read it.
///
/// It is written to `journey.txt` in the artifacts folder, where the demo of the harness finds it.
public struct Story: Sendable {
  private var lines: [String] = []

  /// A story that has not begun.
  public init() {}

  /// Takes a step, and tells how long it took.
  public mutating func step<Value>(
    _ name: String, _ tell: (Value) -> String, _ work: () async throws -> Value
  ) async rethrows -> Value {
    let start = ContinuousClock.now
    let value = try await work()
    let time = start.duration(to: .now).formatted(.units(allowed: [.milliseconds]))
    lines.append(row(name, tell(value), time))
    return value
  }

  /// Tells something that is not a step.
  public mutating func tell(_ name: String, _ text: String) {
    lines.append(row(name, text, ""))
  }

  /// Writes the story beside the evidence of the run.
  public func write(near filePath: StaticString = #filePath) throws {
    let folder = Artifacts.directory(near: filePath.description)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let text = lines.joined(separator: "\n") + "\n"
    try Data(text.utf8).write(to: folder.appending(path: "journey.txt"), options: .atomic)
  }

  private func row(_ name: String, _ text: String, _ time: String) -> String {
    let left = name.padding(toLength: 10, withPad: " ", startingAt: 0)
    guard !time.isEmpty else { return left + text }
    return left + text + String(repeating: " ", count: max(2, 62 - text.count)) + time
  }
}
