/// Looks for the simplest choices with which a property still fails.
///
/// It only decides: it proposes choices, and is told whether the property fails with them. Fewer choices are
/// simpler, and of as many those that are smaller from the first on.
///
/// Source: David MacIver and Alastair Donaldson, "Test-Case Reduction via Test-Case Generation: Insights From
/// the Hypothesis Reducer", 2020.
struct Shrinker {
  /// The simplest choices found.
  private(set) var best: [UInt64]
  /// How often simpler ones were found.
  private(set) var steps = 0

  private enum Pass: CaseIterable {
    /// Leaves choices out, many at first.
    case delete
    /// Makes many choices the simplest at once.
    case zero
    /// Makes each choice as small as it can be.
    case lower
    /// Makes one choice smaller and the next one free: for lists whose length is chosen first.
    case lowerAndDelete
  }

  private var pass = Pass.delete
  private var block = 32
  private var position: Int
  // While a choice is lowered: below it the property is known to hold, at it to fail.
  private var holds: UInt64?
  private var hasImproved = false
  private var proposals = 0

  // A property may be slow; what is small enough to read was found long before.
  static let mostProposals = 3000

  /// Whether it was stopped before it had tried everything.
  var isCutShort: Bool { proposals >= Self.mostProposals }

  init(_ choices: [UInt64]) {
    best = choices
    position = choices.count
  }

  /// The next choices to try; nil when none are left.
  mutating func propose() -> [UInt64]? {
    while proposals < Self.mostProposals {
      if let choices = candidate() {
        proposals += 1
        return choices
      }
      guard moveOn() else { return nil }
    }
    return nil
  }

  /// Takes in what came of the choices that were proposed last.
  ///
  /// - Parameter drawn: The choices that were really drawn, when the property fails with them; else nil.
  mutating func take(failingWith drawn: [UInt64]?) {
    if let drawn, isSimpler(drawn) {
      best = drawn
      steps += 1
      hasImproved = true
      switch pass {
      case .delete, .zero, .lowerAndDelete: position = min(position, best.count)
      case .lower: if position >= best.count { leaveChoice() }
      }
    } else if pass == .lower, position < best.count {
      holds = lowered(best[position])
    } else {
      position -= 1
    }
  }

  private func isSimpler(_ choices: [UInt64]) -> Bool {
    choices.count != best.count
      ? choices.count < best.count : choices.lexicographicallyPrecedes(best)
  }

  private func candidate() -> [UInt64]? {
    switch pass {
    case .delete:
      let start = position - block
      guard start >= 0 else { return nil }
      var choices = best
      choices.removeSubrange(start..<position)
      return choices
    case .zero:
      let start = position - block
      guard start >= 0, best[start..<position].contains(where: { $0 > 0 }) else { return nil }
      var choices = best
      for index in start..<position { choices[index] = 0 }
      return choices
    case .lower:
      guard position < best.count, case let lowered = lowered(best[position]),
        lowered < best[position]
      else { return nil }
      var choices = best
      choices[position] = lowered
      return choices
    case .lowerAndDelete:
      guard position >= 0, position + 1 < best.count, best[position] > 0 else { return nil }
      var choices = best
      choices[position] -= 1
      choices.remove(at: position + 1)
      return choices
    }
  }

  /// Halfway between where the property holds and where it fails; 0 at first.
  private func lowered(_ choice: UInt64) -> UInt64 {
    guard let holds else { return 0 }
    return holds + max(1, (choice - min(choice, holds)) / 2)
  }

  /// Goes on to the next place, block or pass; false when all passes went by without a simpler choice.
  private mutating func moveOn() -> Bool {
    switch pass {
    case .delete, .zero:
      if position > block || (pass == .zero && position > 0 && position - block > 0) {
        position -= 1
      } else if block > 1 {
        block /= 2
        position = best.count
      } else {
        begin(pass == .delete ? .zero : .lower)
      }
    case .lower:
      leaveChoice()
      if position >= best.count { begin(.lowerAndDelete) }
    case .lowerAndDelete:
      position -= 1
      if position < 0 {
        guard hasImproved else { return false }
        hasImproved = false
        begin(.delete)
      }
    }
    return true
  }

  private mutating func leaveChoice() {
    position += 1
    holds = nil
  }

  private mutating func begin(_ pass: Pass) {
    self.pass = pass
    block = 32
    holds = nil
    position = pass == .lower ? 0 : pass == .lowerAndDelete ? best.count - 2 : best.count
  }
}
