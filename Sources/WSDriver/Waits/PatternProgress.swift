import HarnessWebSocket

/// Decides which of several patterns have been matched, as messages come.
struct PatternProgress: Sendable {
  /// How the patterns are to be matched.
  enum Order: Sendable {
    /// Each by the next message, with nothing between.
    case consecutive
    /// One after the other; other messages may lie between.
    case sequence
    /// Each by a message of its own, in any order; other messages may lie between.
    case any
  }

  let patterns: [WSPattern]
  let order: Order
  /// The messages, by their place, that each pattern is matched by.
  private(set) var matches: [Int?]
  /// For patterns in any order: which messages could match which.
  private var candidates: [[Int]]
  /// Why the message that should have matched does not; only where nothing may lie between.
  private(set) var fault: (pattern: Int, message: WSMessage, reason: String)?
  /// Why the latest message does not match the pattern that is due.
  private(set) var latestFault: String?
  private var count = 0

  init(_ patterns: [WSPattern], _ order: Order) {
    self.patterns = patterns
    self.order = order
    matches = patterns.map { _ in nil }
    candidates = patterns.map { _ in [] }
  }

  /// Whether nothing more needs to come: all is matched, or nothing can be.
  var isOver: Bool { fault != nil || matches.allSatisfy { $0 != nil } }

  /// The patterns that wait to be matched.
  var missing: [Int] { matches.indices.filter { matches[$0] == nil } }

  /// Takes in the next message; gives whether nothing more needs to come.
  mutating func accept(_ message: WSMessage) -> Bool {
    let place = count
    count += 1
    switch order {
    case .consecutive, .sequence:
      guard let due = missing.first else { return true }
      latestFault = patterns[due].fault(in: message)
      if let reason = latestFault {
        if order == .consecutive { fault = (due, message, reason) }
      } else {
        matches[due] = place
      }
    case .any:
      for index in patterns.indices where patterns[index].fault(in: message) == nil {
        candidates[index].append(place)
      }
      // A message that two patterns accept may have to change its pattern for the new one.
      for pattern in missing {
        var changed = matches
        var seen: Set<Int> = []
        guard assign(pattern, &changed, &seen) else { continue }
        matches = changed
        break
      }
      latestFault = missing.first.flatMap { patterns[$0].fault(in: message) }
    }
    return isOver
  }

  /// Finds a message for a pattern, where need be one that another pattern can do without (Kuhn's algorithm).
  private func assign(_ pattern: Int, _ matches: inout [Int?], _ seen: inout Set<Int>) -> Bool {
    for place in candidates[pattern] where seen.insert(place).inserted {
      let holder = matches.firstIndex(of: place)
      if let holder, !assign(holder, &matches, &seen) { continue }
      matches[pattern] = place
      return true
    }
    return false
  }
}
