/// What came of a property for a value.
enum PropertyOutcome {
  case holds
  /// It does not hold; with the error where it threw one.
  case fails(String?)
}

/// Tries a property with one value after the other, and after a failure with ever simpler ones.
struct PropertySearch<Value> {
  private enum Stage {
    case searching
    case shrinking(Shrinker)
    case done
  }

  private let generator: Generator<Value>
  private let runs: Int
  private var run: PropertyRun
  private var stage = Stage.searching
  // Of the value that was handed out last.
  private var seed: UInt64 = 0
  private var size = 0
  private var drawn: [UInt64] = []
  private var value: Value?

  private var first: (value: String, seed: UInt64, run: Int)?
  private var smallest: (value: String, error: String?)?
  private var exhausted: (tried: Int, discarded: Int)?
  private var steps = 0
  private var isCutShort = false

  init(_ generator: Generator<Value>, seed: UInt64, runs: Int) {
    self.generator = generator
    self.runs = runs
    run = PropertyRun(seed: seed, runs: runs)
  }

  /// The next value to try the property with; nil when it is known whether it holds.
  mutating func next() -> Value? {
    while true {
      switch stage {
      case .searching:
        switch run.next() {
        case .generate(let seed, let size):
          if let value = generate(Choices(seed: seed, size: size)) {
            self.seed = seed
            self.size = size
            return value
          }
          run.discard()
        case .passed: stage = .done
        case .exhausted(let tried, let discarded):
          exhausted = (tried, discarded)
          stage = .done
        }
      case .shrinking(var shrinker):
        guard let choices = shrinker.propose() else {
          steps = shrinker.steps
          isCutShort = shrinker.isCutShort
          stage = .done
          continue
        }
        if let value = generate(Choices(replaying: choices, size: size)) {
          stage = .shrinking(shrinker)
          return value
        }
        shrinker.take(failingWith: nil)
        stage = .shrinking(shrinker)
      case .done: return nil
      }
    }
  }

  private mutating func generate(_ choices: Choices) -> Value? {
    var choices = choices
    let value = generator.generate(&choices)
    guard !choices.isDiscarded else { return nil }
    drawn = choices.drawn
    self.value = value
    return value
  }

  /// Takes in what came of the value that was handed out last.
  mutating func take(_ outcome: PropertyOutcome) {
    switch (stage, outcome) {
    case (.searching, .holds): break
    case (.searching, .fails(let error)):
      first = (text, seed, run.tried)
      smallest = (text, error)
      stage = .shrinking(Shrinker(drawn))
    case (.shrinking(var shrinker), .holds):
      shrinker.take(failingWith: nil)
      stage = .shrinking(shrinker)
    case (.shrinking(var shrinker), .fails(let error)):
      let before = shrinker.steps
      shrinker.take(failingWith: drawn)
      if shrinker.steps > before { smallest = (text, error) }
      stage = .shrinking(shrinker)
    case (.done, _): break
    }
  }

  private var text: String {
    guard let value else { return "" }
    return shownValue(value)
  }

  /// Why the property does not hold; nil when it holds.
  var failure: String? {
    if let exhausted {
      return """
        the generator found too few values: \(exhausted.tried) of \(runs), and \(exhausted.discarded) discarded
          try     making fitting values instead of filtering them
        """
    }
    guard let first, let smallest else { return nil }
    var lines = ["the property does not hold", "  for     \(smallest.value)"]
    if let error = smallest.error { lines.append("  error   \(indented(error))") }
    if steps > 0 {
      lines.append("  first   \(first.value)")
      lines.append("          made smaller \(steps == 1 ? "once" : "\(steps) times")")
    }
    if isCutShort {
      lines.append(
        "          there may be a smaller one: the search stopped after "
          + "\(Shrinker.mostProposals) values")
    }
    lines.append("  run     \(first.run) of \(runs)")
    lines.append("  replay  forAll(…, seed: \(first.seed))")
    return lines.joined(separator: "\n")
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n          ")
  }
}

/// A value as a message shows it: on one line, and not longer than is read.
func shownValue(_ value: some Any) -> String {
  let text = String(reflecting: value)
  let longest = 300
  let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
  guard line.count > longest else { return line }
  return "\(line.prefix(longest))… (+\(line.count - longest) characters)"
}
