import Foundation
import HarnessJSON

/// What one process noted of the golden files it used.
struct ProcessUsage {
  /// One use of a golden file.
  struct Use: Equatable {
    let golden: String
    let result: String
    /// `Module/File.swift:12`.
    let place: String
    /// The test as `swift test list` writes it; nil in XCTest, which does not tell.
    let test: String?

    var module: String { String(place.prefix { $0 != "/" }) }
  }

  let name: String
  let uses: [Use]
  /// Whether the process ended by itself.
  let hasEnded: Bool

  /// Reads a log; a line that was cut off by a crash is left out.
  init(name: String, log: [UInt8]) {
    self.name = name
    var uses: [Use] = []
    var hasEnded = false
    for line in log.split(separator: UInt8(ascii: "\n")) {
      guard let value = try? JSONValue(parsing: Array(line)) else { continue }
      if value["ended"]?.boolValue == true { hasEnded = true }
      guard let golden = value["golden"]?.stringValue, let place = value["place"]?.stringValue
      else {
        continue
      }
      uses.append(
        Use(
          golden: golden, result: value["result"]?.stringValue ?? "", place: place,
          test: value["test"]?.stringValue))
    }
    self.uses = uses
    self.hasEnded = hasEnded
  }

  /// When the process first used a golden file, by the name of its log: milliseconds, then its number.
  var began: Date? {
    name.split(separator: "-").first.flatMap { Double($0) }
      .map { Date(timeIntervalSince1970: $0 / 1_000) }
  }

  private static func folder(of place: GoldenPlace) -> URL {
    place.artifacts.appendingPathComponent("golden-usage", isDirectory: true)
  }

  /// Removes the logs of earlier runs.
  static func removeAll(in place: GoldenPlace) throws {
    let folder = folder(of: place)
    for name in PendingGolden.files(below: folder) where name.hasSuffix(".jsonl") {
      try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
    }
  }

  /// The logs of all processes, in the order in which they began.
  static func all(in place: GoldenPlace) -> [ProcessUsage] {
    let folder = folder(of: place)
    return PendingGolden.files(below: folder).compactMap { name in
      guard let log = try? Data(contentsOf: folder.appendingPathComponent(name)) else { return nil }
      return ProcessUsage(name: name, log: Array(log))
    }
  }
}
