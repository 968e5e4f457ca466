/// A change of choices that may make them simpler, by an amount that is looked for.
enum ShrinkMove {
  /// Leaves choices out.
  case delete(Range<Int>)
  /// Makes choices the simplest.
  case zero(Range<Int>)
  /// Makes a choice smaller.
  case lower(Int)
  /// Makes a choice smaller in steps of more than one: for what must stay odd, or a multiple.
  case step(Int, by: UInt64)
  /// Makes a choice one smaller and leaves others out: for lists whose length is chosen first.
  case lowerAndDelete(Int, Range<Int>)
  /// Makes choices that are equal smaller and keeps them equal.
  case lowerEqual([Int])
  /// Makes two choices smaller and keeps their difference.
  case lowerBoth(Int, Int)
  /// Takes from one choice and gives to a later one: for what must keep its sum.
  case shift(Int, to: Int)
  /// Swaps two parts, the first of which comes before the second.
  case swap(Range<Int>, Range<Int>)
  /// Puts a part in place of the whole that it lies in: for trees.
  case lift(Range<Int>, over: Range<Int>)

  /// The largest amount that it can change choices by; 0 where it changes nothing.
  func most(_ choices: [UInt64]) -> UInt64 {
    switch self {
    case .delete: 1
    case .zero(let range): choices[range].contains { $0 > 0 } ? 1 : 0
    case .lower(let index): choices[index]
    case .step(let index, let step): choices[index] / step
    case .lowerAndDelete(let index, _): min(choices[index], 1)
    case .lowerEqual(let indices): choices[indices[0]]
    case .lowerBoth(let first, let second): min(choices[first], choices[second])
    case .shift(let index, let other): min(choices[index], UInt64.max - choices[other])
    case .swap(let first, let second):
      choices[second].lexicographicallyPrecedes(choices[first]) ? 1 : 0
    case .lift: 1
    }
  }

  /// Whether a larger amount is as likely to be of use as a smaller one: then it is looked for from the middle.
  var isSearchedFromTheMiddle: Bool { if case .lower = self { true } else { false } }

  /// The choices changed by an amount, which is 1 or more and at most the largest.
  func changed(_ choices: [UInt64], by amount: UInt64) -> [UInt64] {
    var changed = choices
    switch self {
    case .delete(let range): changed.removeSubrange(range)
    case .zero(let range): for index in range { changed[index] = 0 }
    case .lower(let index): changed[index] -= amount
    case .step(let index, let step): changed[index] -= amount * step
    case .lowerAndDelete(let index, let range):
      changed[index] -= 1
      changed.removeSubrange(range)
    case .lowerEqual(let indices): for index in indices { changed[index] -= amount }
    case .lowerBoth(let first, let second):
      changed[first] -= amount
      changed[second] -= amount
    case .shift(let index, let other):
      changed[index] -= amount
      changed[other] += amount
    case .swap(let first, let second):
      changed.replaceSubrange(
        first.lowerBound..<second.upperBound,
        with: choices[second] + choices[first.upperBound..<second.lowerBound] + choices[first])
    case .lift(let part, let whole): changed.replaceSubrange(whole, with: choices[part])
    }
    return changed
  }
}

/// Looks for the largest amount of a move with which a property still fails.
///
/// At first the largest one. Then, of what is as likely to be large as small, halfway between what fails and what holds; of
/// anything else 1, 2, 4 and so on, so that a move of no use costs two trials.
struct AmountSearch {
  private let most: UInt64
  private let isFromTheMiddle: Bool
  private var fails: UInt64 = 0
  private var holds: UInt64?

  init(most: UInt64, isFromTheMiddle: Bool) {
    self.most = most
    self.isFromTheMiddle = isFromTheMiddle
  }

  /// The next amount to try; nil when the largest one is known.
  var next: UInt64? {
    guard let holds else { return fails < most ? most : nil }
    guard holds - fails > 1 else { return nil }
    let isBetween = isFromTheMiddle || holds < most || fails >= holds - fails
    return isBetween ? fails + (holds - fails) / 2 : max(1, fails * 2)
  }

  /// Takes in whether the property fails with an amount.
  mutating func take(_ amount: UInt64, fails isFailing: Bool) {
    if isFailing { fails = amount } else { holds = amount }
  }
}
