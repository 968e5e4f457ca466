import HarnessReporting

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
  private var spans: [ChoiceSpan] = []
  private var value: Value?

  private var first: (value: ShownText, seed: UInt64, run: Int)?
  private var smallest: (value: ShownText, error: ShownText?)?
  private var exhausted: (tried: Int, discarded: Int)?
  private var steps = 0
  /// After how many values the search for a smaller one was stopped.
  private var cutShortAfter: Int?

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
          cutShortAfter = shrinker.isCutShort ? shrinker.proposals : nil
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
    spans = choices.spans
    self.value = value
    return value
  }

  /// Takes in what came of the value that was handed out last.
  mutating func take(_ outcome: PropertyOutcome) {
    switch (stage, outcome) {
    case (.searching, .holds): break
    case (.searching, .fails(let error)):
      first = (shown, seed, run.tried)
      smallest = (shown, error.map(ShownText.init(error:)))
      stage = .shrinking(Shrinker(drawn, spans: spans))
    case (.shrinking(var shrinker), .holds):
      shrinker.take(failingWith: nil)
      stage = .shrinking(shrinker)
    case (.shrinking(var shrinker), .fails(let error)):
      let before = shrinker.steps
      shrinker.take(failingWith: drawn, spans: spans)
      if shrinker.steps > before { smallest = (shown, error.map(ShownText.init(error:))) }
      stage = .shrinking(shrinker)
    case (.done, _): break
    }
  }

  private var shown: ShownText {
    ShownText(value: value.map { String(reflecting: $0) } ?? "")
  }

  /// The whole of what the message shows a part of.
  var evidence: [Evidence] {
    guard exhausted == nil, let first, let smallest else { return [] }
    var evidence: [Evidence] = []
    if let text = smallest.value.whole { evidence.append(Evidence(name: "value.txt", text: text)) }
    if let text = smallest.error?.whole { evidence.append(Evidence(name: "error.txt", text: text)) }
    if steps > 0, let text = first.value.whole {
      evidence.append(Evidence(name: "first.txt", text: text))
    }
    return evidence
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
    var lines = ["the property does not hold", "  for     \(smallest.value.excerpt)"]
    if let error = smallest.error { lines.append("  error   \(indented(error.excerpt))") }
    if steps > 0 {
      lines.append("  first   \(first.value.excerpt)")
      lines.append("          made smaller \(steps == 1 ? "once" : "\(steps) times")")
    }
    if let cutShortAfter {
      lines.append(
        "          there may be a smaller one: the search stopped after \(cutShortAfter) values")
    }
    lines.append("  run     \(first.run) of \(runs)")
    lines.append("  replay  forAll(…, seed: \(first.seed))")
    return lines.joined(separator: "\n")
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n          ")
  }
}
