import Foundation
import WSDriver

/// The memory of a client with many idle connections.
struct MemoryBenchmark {
  let url: String
  let connections: Int

  func print() async throws {
    let driver = WSDriver(HTTPDriver("http:" + url.dropFirst(3)))
    // The first connection starts what all of them share.
    _ = try await driver.outcome("/") { _ in }
    let before = Self.residentBytes()
    let (after, opening) = try await driver.connectMany(connections, path: { "/\($0)" }) { crowd in
      (Self.residentBytes(), crowd.opening)
    }
    let each = Double(after - before) / Double(connections) / 1024
    Swift.print(
      "memory: \(connections) idle connections: \(column(Double(after - before) / 1048576, 0, width: 0)) MiB, "
        + "\(column(each, 1, width: 0)) KiB each; opening: \(opening)\n")
  }

  /// Source: proc(5), `statm`.
  private static func residentBytes() -> Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
      let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return 0 }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
