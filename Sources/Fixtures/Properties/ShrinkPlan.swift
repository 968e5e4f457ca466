/// Goes through the moves that may make choices simpler, the ones that save most first.
struct ShrinkPlan {
  private enum Pass: Int, CaseIterable {
    case deleteParts, zero, lower, lowerAndDelete
    // What follows is tried when these lead nowhere.
    case deleteAnything, lift, lowerEqual, step, pairs, swapParts

    static let lastCoarse = Pass.lowerAndDelete
  }

  private var pass = Pass.deleteParts
  private var cursor = 0
  /// What the current pass goes through, of the choices at hand.
  private var parts: [Range<Int>] = []
  private var moves: [ShrinkMove] = []
  private var isBegun = false
  private var hasImproved = false
  /// How often the first passes were gone through in a row.
  private var rounds = 0

  // Two numbers that must stay near each other go down by a little each round: the passes behind lower both.
  private static let mostRounds = 3
  private static let blocks = [16, 4, 1]
  private static let zeroed = [32, 8, 4, 2]
  private static let steps: ClosedRange<UInt64> = 2...12
  private static let gaps = 8

  /// The next move for these choices; nil when all were tried since there was a simpler result.
  mutating func next(_ choices: [UInt64], _ spans: [ChoiceSpan]) -> ShrinkMove? {
    while true {
      if !isBegun { begin(choices, spans) }
      if let move = move(choices) { return move }
      isBegun = false
      cursor = 0
      if hasImproved, pass == .lastCoarse && rounds < Self.mostRounds || pass == Pass.allCases.last
      {
        rounds = pass == .lastCoarse ? rounds + 1 : 0
        hasImproved = false
        pass = .deleteParts
      } else if let following = Pass(rawValue: pass.rawValue + 1) {
        pass = following
      } else {
        return nil
      }
    }
  }

  /// Takes in that the choices are simpler now: what the pass goes through is another.
  ///
  /// `isEnded`: whether the move is over, because something else was drawn than it proposed.
  mutating func improved(
    by move: ShrinkMove, isEnded: Bool, _ choices: [UInt64], _ spans: [ChoiceSpan]
  ) {
    hasImproved = true
    begin(choices, spans)
    // A length that was lowered may be lowered further.
    if isEnded, pass == .lower { cursor -= 1 }
    guard pass == .deleteParts, case .delete(let range) = move else { return }
    // What lies behind was tried: go on before it.
    let round = (cursor - 1) / max(1, count)
    count = parts.count
    cursor = round * count + count - 1 - lastPart(endingBy: range.lowerBound)
  }

  /// How many parts there were when the cursor was set.
  private var count = 0

  private mutating func begin(_ choices: [UInt64], _ spans: [ChoiceSpan]) {
    if !isBegun { count = 0 }
    isBegun = true
    parts = []
    moves = []
    switch pass {
    case .deleteParts, .swapParts:
      // From behind the outermost comes first.
      parts = spans.filter { $0.kind != .alternative }.map(\.range)
        .sorted { ($0.upperBound, $0.count) < ($1.upperBound, $1.count) }
      if count == 0 { count = parts.count }
    case .lift: moves = Self.lifts(spans)
    case .lowerEqual: moves = Self.equals(choices)
    case .zero: moves = Self.zeros(choices, spans)
    case .lower, .lowerAndDelete, .deleteAnything, .step, .pairs: break
    }
  }

  /// The move at the cursor, or at the first place behind it that has one; nil at the end of the pass.
  private mutating func move(_ choices: [UInt64]) -> ShrinkMove? {
    while cursor < places(choices) {
      cursor += 1
      if let move = move(at: cursor - 1, choices), move.most(choices) > 0 { return move }
    }
    return nil
  }

  /// How many places the pass goes through.
  private func places(_ choices: [UInt64]) -> Int {
    // To go through every pair of a long value takes longer than anybody waits.
    if pass.rawValue > Pass.lastCoarse.rawValue, choices.count > 2000 { return 0 }
    return switch pass {
    case .deleteParts: parts.count * Self.blocks.count
    case .zero, .lift, .lowerEqual: moves.count
    case .lower: choices.count
    case .lowerAndDelete: max(0, choices.count - 1) * 2
    case .deleteAnything: choices.count * 4
    case .step: choices.count * Self.steps.count
    case .pairs: choices.count * Self.gaps * 3
    case .swapParts: parts.count
    }
  }

  /// The move at a place of the pass, where there is one.
  private func move(at place: Int, _ choices: [UInt64]) -> ShrinkMove? {
    switch pass {
    case .deleteParts:
      return run(of: Self.blocks[place / parts.count], endingAt: place % parts.count)
    case .zero, .lift, .lowerEqual: return moves[place]
    case .lower: return .lower(place)
    case .lowerAndDelete:
      let index = choices.count - 2 - place / 2
      let end = index + 2 + place % 2
      return end <= choices.count ? .lowerAndDelete(index, index + 1..<end) : nil
    case .deleteAnything:
      let size = 4 - place / choices.count
      let end = choices.count - place % choices.count
      return end >= size ? .delete(end - size..<end) : nil
    case .step:
      let index = place / Self.steps.count
      let step = Self.steps.lowerBound + UInt64(place % Self.steps.count)
      return choices[index] >= step ? .step(index, by: step) : nil
    case .pairs: return pair(at: place, choices)
    case .swapParts:
      let second = parts[place]
      return part(endingAt: second.lowerBound).map { .swap(parts[$0], second) }
    }
  }

  private func pair(at place: Int, _ choices: [UInt64]) -> ShrinkMove? {
    let first = place / (Self.gaps * 3)
    let second = first + 1 + place / 3 % Self.gaps
    guard second < choices.count, choices[first] > 0 else { return nil }
    return switch place % 3 {
    case 0: .lowerBoth(first, second)
    case 1: .swap(first..<first + 1, second..<second + 1)
    default: .shift(first, to: second)
    }
  }

  /// So many parts that follow each other, the last one counted from behind.
  private func run(of count: Int, endingAt place: Int) -> ShrinkMove? {
    var range = parts[parts.count - 1 - place]
    for _ in 1..<count {
      guard let before = part(endingAt: range.lowerBound) else { return nil }
      range = parts[before].lowerBound..<range.upperBound
    }
    return .delete(range)
  }

  /// The outermost part that ends there.
  private func part(endingAt end: Int) -> Int? {
    let index = lastPart(endingBy: end)
    return index >= 0 && parts[index].upperBound == end ? index : nil
  }

  /// The last part that ends there or before; -1 where there is none.
  private func lastPart(endingBy end: Int) -> Int {
    var low = 0
    var high = parts.count
    while low < high {
      let middle = (low + high) / 2
      if parts[middle].upperBound <= end { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }

  private static func zeros(_ choices: [UInt64], _ spans: [ChoiceSpan]) -> [ShrinkMove] {
    var moves: [ShrinkMove] = []
    for size in zeroed {
      for end in stride(from: choices.count, through: size, by: -size) {
        moves.append(.zero(end - size..<end))
      }
    }
    // An element keeps the choice that it comes at all.
    for span in spans where span.range.count > 2 { moves.append(.zero(span.range.dropFirst())) }
    return moves
  }

  private static func lifts(_ spans: [ChoiceSpan]) -> [ShrinkMove] {
    let most = 1000
    let ranges = spans.filter { $0.kind == .alternative }.map(\.range).sorted {
      $0.count > $1.count
    }
    var moves: [ShrinkMove] = []
    for whole in ranges {
      for part in ranges where part.count < whole.count && whole.contains(part) {
        if moves.count == most { return moves }
        moves.append(.lift(part, over: whole))
      }
    }
    return moves
  }

  private static func equals(_ choices: [UInt64]) -> [ShrinkMove] {
    var places: [UInt64: [Int]] = [:]
    for (index, choice) in choices.enumerated() where choice > 0 {
      places[choice, default: []].append(index)
    }
    let equal = places.filter { $0.value.count > 1 }.sorted { $0.key > $1.key }
    return equal.map { .lowerEqual($0.value) }
  }
}

extension Range<Int> {
  fileprivate func contains(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
