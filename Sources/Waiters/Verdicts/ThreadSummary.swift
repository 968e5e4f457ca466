/// The threads of the process in a few lines: how many do what.
struct ThreadSummary: Sendable {
  let lines: [String]

  init(_ threads: [ThreadList.Thread]) {
    guard !threads.isEmpty else {
      lines = ["unknown: the system does not tell"]
      return
    }
    var counts: [String: Int] = [:]
    for thread in threads { counts[Self.words(for: thread), default: 0] += 1 }
    let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    lines =
      ["\(threads.count.counted("thread")):"]
      + sorted.prefix(8).map { "\($0.value) \($0.key)" }
      + (sorted.count > 8 ? ["… and \(sorted.count - 8) kinds more"] : [])
  }

  private static func words(for thread: ThreadList.Thread) -> String {
    let place = thread.sleepsIn.isEmpty ? "" : " in \(thread.sleepsIn)"
    return switch thread.state {
    case "R": "running or waiting for a core"
    case "S": "sleeping\(place)"
    case "D": "waiting for a device\(place)"
    default: "in state \(thread.state)\(place)"
    }
  }
}
