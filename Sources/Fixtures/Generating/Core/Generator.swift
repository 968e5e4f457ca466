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
  public static let current = 1
}

/// A filter of a generator found no value, or a list no more that are different.
public struct GeneratorExhausted: Error, Sendable, CustomStringConvertible {
  /// The seed.
  public let seed: UInt64

  /// What happened, and what to try.
  public var description: String {
    "the generator found no value for the seed \(seed): its filter refuses nearly everything, or it "
      + "cannot make as many different values as are wanted; make fitting values instead of filtering them"
  }
}

extension Generator {
  /// The same value always.
  public static func constant(_ value: Value) -> Generator where Value: Sendable {
    Generator { _ in value }
  }

  /// One of the values, the first being the simplest.
  public static func element(of values: [Value]) -> Generator where Value: Sendable {
    precondition(!values.isEmpty, "a generator needs a value to choose")
    return Generator { $0.element(of: values) }
  }

  /// A value of one of the generators, the first being the simplest.
  public static func oneOf(_ generators: Generator...) -> Generator {
    precondition(!generators.isEmpty, "a generator needs others to choose from")
    return Generator { choices in
      let generator = choices.element(of: generators)
      return choices.draw(generator)
    }
  }

  /// A value of one of the generators, each as often as its weight says; the first is the simplest.
  public static func weighted(_ generators: (weight: Int, Generator)...) -> Generator {
    let total = generators.reduce(0) { $0 + max(0, $1.weight) }
    precondition(total > 0, "a generator needs a weight above 0")
    return Generator { choices in
      var rest = Int(choices.next(below: UInt64(total)))
      for (weight, generator) in generators {
        if rest < max(0, weight) { return choices.draw(generator) }
        rest -= max(0, weight)
      }
      preconditionFailure("the weights add up to less than their sum")
    }
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
  public func filter(
    tries: Int = 100, _ isWanted: @escaping @Sendable (Value) -> Bool
  ) -> Generator {
    Generator { choices in
      var value = self.generate(&choices)
      var rest = tries
      while !isWanted(value) {
        rest -= 1
        if rest <= 0 {
          choices.isDiscarded = true
          break
        }
        value = self.generate(&choices)
      }
      return value
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
  public func array(count range: ClosedRange<Int>) -> Generator<[Value]> {
    Generator<[Value]> { choices in
      Self.list(range, &choices) { choices in self.generate(&choices) }
    }
  }

  /// Lists of values of which no two have the same key.
  public func uniqueArray<Key: Hashable & Sendable>(
    count range: ClosedRange<Int>, by key: @escaping @Sendable (Value) -> Key
  ) -> Generator<[Value]> {
    Generator<[Value]> { choices in
      var keys: Set<Key> = []
      return Self.list(range, &choices) { choices in
        for _ in 0..<100 {
          let value = self.generate(&choices)
          if keys.insert(key(value)).inserted { return value }
        }
        return nil
      }
    }
  }

  /// Draws a list; nil where an element finds no value.
  ///
  /// Each element that is not required has a choice before it whether it comes at all, so that to leave out
  /// its choices leaves out the element and nothing else: that makes lists shrink well.
  private static func list(
    _ range: ClosedRange<Int>, _ choices: inout Choices,
    _ element: (inout Choices) -> Value?
  ) -> [Value] {
    let required = max(0, range.lowerBound)
    let most = max(required, min(range.upperBound, required + choices.size))
    let expected = UInt64(max(1, (most - required) / 2))
    var values: [Value] = []
    while values.count < most {
      if values.count >= required, choices.next(below: expected + 1) == 0 { break }
      guard let value = element(&choices) else {
        // Fewer than required are of no use; fewer than wanted are a shorter list.
        if values.count < required { choices.isDiscarded = true }
        break
      }
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
