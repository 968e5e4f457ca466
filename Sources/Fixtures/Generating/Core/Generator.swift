/// Makes values of a type from a seed: the same ones on every machine and day.
///
/// ```swift
/// let order = Generator { choices in
///   Order(
///     customer: choices.draw(.personName), symbol: choices.draw(.symbol),
///     price: choices.draw(.price(from: 10, to: 3000)), count: choices.draw(.int(in: 1...500)))
/// }
/// let orders = try order.array(count: 20...20).value(seed: 7)
/// ```
///
/// Which values a seed gives is part of the contract of ``GeneratorVersion``: the algorithm is written out in
/// this module, and asks neither a clock nor the standard library's own generators.
public struct Generator<Value>: Sendable {
  let generate: @Sendable (inout Choices) -> Value

  /// A generator of what a closure makes of the choices that it draws.
  public init(_ generate: @escaping @Sendable (inout Choices) -> Value) {
    self.generate = generate
  }

  /// The value of a seed.
  ///
  /// `size`: how large lists and texts may grow, 0 to 100.
  /// - Throws: ``GeneratorExhausted`` when a filter in it finds no value.
  public func value(seed: UInt64, size: Int = 100) throws -> Value {
    var choices = Choices(seed: seed, size: min(max(size, 0), 100))
    let value = generate(&choices)
    if choices.isDiscarded { throw GeneratorExhausted(seed: seed) }
    return value
  }
}

/// The version of the generators: a new one gives other values for the same seeds.
public enum GeneratorVersion: Sendable {
  /// The version of this module's generators.
  ///
  /// 2: whole numbers of wide ranges come from their bounds and from near 0 more often (``Generator/int(in:)``), all of 64
  /// bits among them; a label that is used again gives other values
  /// (``Choices/labelled(_:_:)``).
  public static let current = 2
}

/// A filter of a generator found no value, or a list no more that are different.
public struct GeneratorExhausted: Error, Sendable, CustomStringConvertible {
  /// The seed.
  public let seed: UInt64

  /// What happened, and what to try.
  public var description: String {
    "the generator found no value for the seed \(seed): its filter refuses nearly everything, or it "
      + "cannot make as many different values as are wanted, or wants more than \(Choices.mostChoices) choices; "
      + "make fitting values instead of filtering them"
  }
}

extension Generator {
  /// The same value always.
  public static func constant(_ value: Value) -> Generator where Value: Sendable {
    Generator { _ in value }
  }

  /// One of the values, of which there is at least one, the first being the simplest.
  public static func element(of values: [Value]) -> Generator where Value: Sendable {
    precondition(!values.isEmpty, "a generator needs a value to choose")
    return Generator { $0.element(of: values) }
  }

  /// A value of one of the generators, of which there is at least one, the first being the simplest.
  public static func oneOf(_ generators: Generator...) -> Generator {
    precondition(!generators.isEmpty, "a generator needs others to choose from")
    return Generator { choices in
      choices.span(.alternative) { choices in
        let generator = choices.element(of: generators)
        return choices.draw(generator)
      }
    }
  }

  /// A value of one of the generators, each as often as its weight says; the first is the simplest.
  ///
  /// A weight below 0 counts as 0, and one at least is above it. Weights that add up to more than 2^64 are all halved until
  /// they do not.
  public static func weighted(_ generators: (weight: Int, Generator)...) -> Generator {
    let weights = Self.weights(generators.map(\.weight))
    let total = weights.reduce(0, +)
    precondition(total > 0, "a generator needs a weight above 0")
    let choosable = generators.map(\.1)
    return Generator { choices in
      choices.span(.alternative) { choices in
        var rest = choices.next(below: total)
        for (weight, generator) in zip(weights, choosable) {
          if rest < weight { return choices.draw(generator) }
          rest -= weight
        }
        preconditionFailure("the weights add up to less than their sum")
      }
    }
  }

  /// Weights that can be added up.
  private static func weights(_ given: [Int]) -> [UInt64] {
    var weights = given.map { UInt64(max(0, $0)) }
    var sum = UInt128(0)
    repeat {
      if sum > 0 { weights = weights.map { $0 / 2 } }
      sum = weights.reduce(UInt128(0)) { $0 + UInt128($1) }
    } while sum > UInt128(UInt64.max)
    return weights
  }

  /// A value of the generator that `make` makes for a size from 0 to 100, which each run draws.
  public static func sized(_ make: @escaping @Sendable (Int) -> Generator) -> Generator {
    Generator { choices in choices.draw(make(choices.size)) }
  }
}

/// A generator of tuples: a value of each of the generators.
public func zip<each Element>(
  _ generators: repeat Generator<each Element>
) -> Generator<(repeat each Element)> {
  Generator { choices in (repeat choices.draw(each generators)) }
}

extension Generator {
  /// What a closure makes of each value.
  public func map<Result>(
    _ transform: @escaping @Sendable (Value) -> Result
  ) -> Generator<Result> {
    Generator<Result> { choices in transform(self.generate(&choices)) }
  }

  /// A value of the generator that a closure makes of each value.
  public func flatMap<Result>(
    _ transform: @escaping @Sendable (Value) -> Generator<Result>
  ) -> Generator<Result> {
    Generator<Result> { choices in transform(self.generate(&choices)).generate(&choices) }
  }

  /// The values that a closure accepts; after `tries` others the value is discarded.
  ///
  /// It gives up before where trying on is of no use: when a million choices were drawn, and when none are.
  public func filter(
    tries: Int = 100, _ isWanted: @escaping @Sendable (Value) -> Bool
  ) -> Generator {
    Generator { choices in
      let value = Self.value(tries: tries, &choices) { choices in
        let value = self.generate(&choices)
        return (value, isWanted(value))
      }
      if let wanted = value.wanted { return wanted }
      choices.isDiscarded = true
      return value.last
    }
  }

  /// The first value that is wanted, of so many tries, and of those that are not the last.
  ///
  /// What is refused is a span of its own, so that shrinking leaves it out.
  private static func value(
    tries: Int, _ choices: inout Choices, _ draw: (inout Choices) -> (Value, isWanted: Bool)
  ) -> (wanted: Value?, last: Value) {
    var rest = tries
    while true {
      let start = choices.drawn.count
      let wasSpent = choices.isSpent
      let (value, isWanted) = draw(&choices)
      if isWanted { return (value, value) }
      rest -= 1
      // From choices that are none, or are all 0, the next value is the same.
      let isSame = choices.drawn.count == start || wasSpent
      if rest <= 0 || isSame || choices.isDiscarded { return (nil, value) }
      choices.close(.refused, from: start)
    }
  }

  /// Nil once in `every` values, which is the simplest, else a value.
  public func optional(nilOnceIn every: Int = 4) -> Generator<Value?> {
    Generator<Value?> { choices in
      // 0 must be nil, and as rare as it should be.
      choices.next(below: UInt64(max(1, every))) == 0 ? nil : self.generate(&choices)
    }
  }

  /// Lists with as many values as the range says; no longer than the size of the run allows, unless the range wants more.
  ///
  /// A list that must have more than 1,048,576 values is discarded, as what a filter refuses.
  public func array(count range: ClosedRange<Int>) -> Generator<[Value]> {
    Generator<[Value]> { choices in
      Self.list(range, &choices) { choices, _ in self.generate(&choices) }
    }
  }

  /// Lists of values of which no two have the same key.
  ///
  /// For each value of a list 100 are tried, and 20 more for each that the list has already. Where none of them is new, a list
  /// that is long enough ends, and another is discarded.
  public func uniqueArray<Key: Hashable & Sendable>(
    count range: ClosedRange<Int>, by key: @escaping @Sendable (Value) -> Key
  ) -> Generator<[Value]> {
    Generator<[Value]> { choices in
      var keys: Set<Key> = []
      return Self.list(range, &choices) { choices, count in
        let found = Self.value(tries: 100 + 20 * count, &choices) { choices in
          let value = self.generate(&choices)
          return (value, keys.insert(key(value)).inserted)
        }
        return found.wanted
      }
    }
  }

  /// Draws a list; nil where an element finds no value.
  ///
  /// Each element that is not required has a choice before it whether it comes at all, so that to leave out
  /// its choices leaves out the element and nothing else: that makes lists shrink well.
  private static func list(
    _ range: ClosedRange<Int>, _ choices: inout Choices,
    _ element: (inout Choices, _ count: Int) -> Value?
  ) -> [Value] {
    let required = max(0, range.lowerBound)
    guard required <= Choices.mostChoices else {
      choices.isDiscarded = true
      return []
    }
    let most = max(required, min(range.upperBound, required + choices.size))
    let expected = UInt64(max(1, (most - required) / 2))
    var values: [Value] = []
    while values.count < most, !choices.isDiscarded {
      let start = choices.drawn.count
      if values.count >= required, choices.next(below: expected + 1) == 0 { break }
      guard let value = element(&choices, values.count) else {
        // Fewer than required are of no use; fewer than wanted are a shorter list.
        if values.count < required { choices.isDiscarded = true }
        break
      }
      choices.close(.element, from: start)
      values.append(value)
    }
    return values
  }
}

extension Generator where Value: Hashable & Sendable {
  /// Lists of values of which no two are equal.
  public func uniqueArray(count range: ClosedRange<Int>) -> Generator<[Value]> {
    uniqueArray(count: range) { $0 }
  }
}
