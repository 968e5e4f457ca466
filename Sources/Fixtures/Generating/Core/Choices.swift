/// The choices that a value is generated from: drawn from a seed, or played again.
///
/// Everything random about a value is a whole number drawn here, where 0 is the simplest choice. What was
/// drawn is kept, so that a value can be made again from its choices, and a simpler value from simpler
/// ones: that is how ``forAll(_:runs:seed:fileID:filePath:line:column:_:)-7bmjs`` shrinks any value without knowing its type.
public struct Choices: Sendable {
  /// The choices drawn so far.
  public private(set) var drawn: [UInt64] = []
  /// How large lists and texts may grow, 0 to 100.
  public let size: Int
  /// Whether a filter found no value: what was generated is of no use.
  public internal(set) var isDiscarded = false

  private var source: ChoiceSource
  private var replayed: [UInt64]?

  // A value from more choices than that would take long to make and longer to shrink.
  static let mostChoices = 1 << 20

  /// Choices drawn from a seed.
  public init(seed: UInt64, size: Int = 100) {
    source = ChoiceSource(seed: seed)
    self.size = size
  }

  /// Choices played again; 0 for each one after them.
  init(replaying choices: [UInt64], size: Int) {
    source = ChoiceSource(seed: 0)
    replayed = choices
    self.size = size
  }

  /// A whole number below `bound`, each as likely as the others.
  public mutating func next(below bound: UInt64) -> UInt64 {
    precondition(bound > 0, "there is no number below 0")
    let choice: UInt64
    if let replayed {
      let next = drawn.count < replayed.count ? replayed[drawn.count] : 0
      choice = min(next, bound - 1)
    } else {
      choice = source.number(below: bound)
    }
    if drawn.count < Self.mostChoices { drawn.append(choice) } else { isDiscarded = true }
    return choice
  }

  /// A value of a generator.
  public mutating func draw<Value>(_ generator: Generator<Value>) -> Value {
    generator.generate(&self)
  }

  /// Draws what `body` draws from choices of their own, which depend on the seed and the label alone.
  ///
  /// What is drawn elsewhere does not shift them: a member that is added to a generator later leaves those
  /// with a label as they were.
  public mutating func labelled<Result>(
    _ label: String, _ body: (inout Choices) -> Result
  ) -> Result {
    let outer = source
    source = source.fork(label)
    defer { source = outer }
    return body(&self)
  }
}

extension Choices {
  /// A whole number of a range; the one nearest to 0 is the simplest.
  public mutating func integer(in range: ClosedRange<Int>) -> Int {
    let origin = min(max(0, range.lowerBound), range.upperBound)
    let above = range.upperBound.distance(from: origin)
    let below = origin.distance(from: range.lowerBound)
    guard above < .max || below > 0 else { return Int(bitPattern: UInt(next(below: .max))) }
    let (count, overflow) = above.addingReportingOverflow(below)
    guard !overflow, count < .max else {
      // The whole range of 64 bits but for its last number.
      return Int(truncatingIfNeeded: Int64(bitPattern: next(below: .max)))
    }
    let choice = next(below: count + 1)
    // Up from the origin first, then down.
    return choice <= above
      ? Int(truncatingIfNeeded: UInt64(bitPattern: Int64(origin)) &+ choice)
      : Int(truncatingIfNeeded: UInt64(bitPattern: Int64(origin)) &- (choice - above))
  }

  /// One of the elements, the first being the simplest.
  public mutating func element<Element>(of elements: [Element]) -> Element {
    elements[Int(next(below: UInt64(elements.count)))]
  }
}

extension Int {
  /// How far this number, which is not less, lies above another.
  fileprivate func distance(from other: Int) -> UInt64 {
    UInt64(bitPattern: Int64(self)) &- UInt64(bitPattern: Int64(other))
  }
}
