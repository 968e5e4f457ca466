/// Looks for the simplest choices with which a property still fails.
///
/// It only decides: it proposes choices, and is told whether the property fails with them. Fewer choices are
/// simpler, and of as many those that are smaller from the first on. Which moves there are stands in `ShrinkMove`, and
/// their order in `ShrinkPlan`.
///
/// Source: David MacIver and Alastair Donaldson, "Test-Case Reduction via Test-Case Generation: Insights From
/// the Hypothesis Reducer", 2020.
struct Shrinker {
  /// The simplest choices found.
  private(set) var best: [UInt64]
  /// How often simpler ones were found.
  private(set) var steps = 0

  private var spans: [ChoiceSpan]
  private var plan = ShrinkPlan()
  private var move: ShrinkMove?
  private var search = AmountSearch(most: 0, isFromTheMiddle: false)
  /// The choices that the move changes.
  private var base: [UInt64] = []
  private var amount: UInt64 = 0
  private var proposed: [UInt64] = []
  /// Hashes of what was proposed: nothing is tried twice.
  private var tried: Set<UInt64> = []
  /// How many choices were proposed.
  private(set) var proposals = 0
  /// How many choices were looked at: to look at many of long values takes long by itself.
  private var work = 0

  // A property may be slow; what is small enough to read was found long before.
  static let mostProposals = 3000
  static let mostWork = 500_000_000

  /// Whether it was stopped before it had tried everything.
  var isCutShort: Bool { proposals >= Self.mostProposals || work >= Self.mostWork }

  init(_ choices: [UInt64], spans: [ChoiceSpan] = []) {
    best = choices
    self.spans = spans
  }

  /// The next choices to try; nil when none are left.
  mutating func propose() -> [UInt64]? {
    while !isCutShort {
      if let move, let next = search.next {
        amount = next
        proposed = move.changed(base, by: next)
        work += proposed.count + 1
        if Self.isSimpler(proposed, best), isNew(proposed) {
          proposals += 1
          return proposed
        }
        search.take(next, fails: false)
        continue
      }
      move = plan.next(best, spans)
      guard let move else { return nil }
      base = best
      work += 1
      search = AmountSearch(
        most: move.most(base), isFromTheMiddle: move.isSearchedFromTheMiddle)
    }
    return nil
  }

  /// Takes in what came of the choices that were proposed last.
  ///
  /// - Parameters:
  ///   - drawn: The choices that were really drawn, when the property fails with them; else nil.
  ///   - spans: Which of these belong together.
  mutating func take(failingWith drawn: [UInt64]?, spans: [ChoiceSpan] = []) {
    guard let drawn, Self.isSimpler(drawn, best), let move else {
      search.take(amount, fails: false)
      return
    }
    best = drawn
    self.spans = spans
    steps += 1
    // Where something else was drawn, what is left of the move may fit no more.
    let isEnded = drawn != proposed
    plan.improved(by: move, isEnded: isEnded, best, spans)
    search.take(amount, fails: true)
    if isEnded { self.move = nil }
  }

  private static func isSimpler(_ choices: [UInt64], _ other: [UInt64]) -> Bool {
    choices.count != other.count
      ? choices.count < other.count : choices.lexicographicallyPrecedes(other)
  }

  private mutating func isNew(_ choices: [UInt64]) -> Bool {
    // Long ones are tried again rather than looked through.
    choices.count > 5000 || tried.insert(Self.hash(choices)).inserted
  }

  private static func hash(_ choices: [UInt64]) -> UInt64 {
    choices.reduce(0xCBF2_9CE4_8422_2325) { hash, choice in
      let mixed = (hash ^ choice) &* 0x9E37_79B9_7F4A_7C15
      return mixed ^ mixed >> 29
    }
  }
}
