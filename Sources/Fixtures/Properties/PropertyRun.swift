/// Decides which values a property is tried with: one seed after the other, and after a failure ever
/// simpler ones.
///
/// It only decides; it calls no property and reports nothing.
struct PropertyRun {
  private let seed: UInt64
  private let runs: Int
  private var run = 0
  private var discarded = 0

  init(seed: UInt64, runs: Int) {
    self.seed = seed
    self.runs = max(1, runs)
  }

  /// How often a value may be discarded for each one that is tried.
  static let mostDiscarded = 10

  enum Next {
    case generate(seed: UInt64, size: Int)
    case passed
    /// So many values were discarded that too few were tried.
    case exhausted(tried: Int, discarded: Int)
  }

  /// What to do next.
  mutating func next() -> Next {
    if run - discarded >= runs { return .passed }
    // Not multiplied: there may be as many runs as numbers.
    if (discarded - 1) / Self.mostDiscarded >= runs {
      return .exhausted(tried: run - discarded, discarded: discarded)
    }
    // The first run has the seed itself, so that a seed that is told replays its failure at once.
    let current = run == 0 ? seed : mixed(seed, run)
    run += 1
    return .generate(seed: current, size: Self.size(ofSeed: current))
  }

  /// Takes in that the last value was of no use.
  mutating func discard() { discarded += 1 }

  /// How many values were tried.
  var tried: Int { run - discarded }

  /// The size of a seed's values: small ones are as likely as large ones.
  static func size(ofSeed seed: UInt64) -> Int { Int(mixed(seed, 0) % 101) }
}

/// A seed for the `index`th value of a seed.
func mixed(_ seed: UInt64, _ index: Int) -> UInt64 {
  var source = ChoiceSource(seed: seed &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15)
  return source.next()
}
