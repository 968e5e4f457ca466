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
  /// Whether a filter found no value, or too much was drawn: what was generated is of no use.
  public internal(set) var isDiscarded = false
  /// Which of the choices belong together.
  private(set) var spans: [ChoiceSpan] = []

  private var source: ChoiceSource
  private var replayed: [UInt64]?
  /// How often each label was used in this place.
  private var occurrences: [String: UInt64] = [:]
  /// The first choice of this place.
  private var placeStart = 0

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
    return next(upTo: bound - 1)
  }

  /// A whole number of 0 to `last`, each as likely as the others.
  mutating func next(upTo last: UInt64) -> UInt64 {
    if let replayed = played(upTo: last) { return keep(replayed) }
    return keep(last == .max ? source.next() : source.number(below: last + 1))
  }

  /// The choice that is played again; nil where choices are drawn.
  private func played(upTo last: UInt64) -> UInt64? {
    guard let replayed else { return nil }
    return drawn.count < replayed.count ? min(replayed[drawn.count], last) : 0
  }

  private mutating func keep(_ choice: UInt64) -> UInt64 {
    if drawn.count < Self.mostChoices { drawn.append(choice) } else { isDiscarded = true }
    return choice
  }

  /// A value of a generator.
  public mutating func draw<Value>(_ generator: Generator<Value>) -> Value {
    generator.generate(&self)
  }

  /// Draws what `body` draws from choices of their own, which depend on the seed, the label and how often it was used
  /// before, and on nothing else.
  ///
  /// What is drawn elsewhere does not shift them: a member that is added to a generator later leaves those
  /// with a label as they were. The same label once more, as in the next element of a list, has other choices. Labels within
  /// `body` are counted anew.
  public mutating func labelled<Result>(
    _ label: String, _ body: (inout Choices) -> Result
  ) -> Result {
    let occurrence = occurrences[label, default: 0]
    occurrences[label] = occurrence + 1
    let outer = (source, occurrences, placeStart)
    source = source.fork(label, occurrence: occurrence)
    occurrences = [:]
    placeStart = drawn.count
    defer { (source, occurrences, placeStart) = outer }
    return body(&self)
  }
}

extension Choices {
  /// A whole number of a range, each as likely as the others; the one nearest to 0 is the simplest.
  public mutating func integer(in range: ClosedRange<Int>) -> Int {
    let numbers = NumberedRange(range)
    return numbers.number(next(upTo: numbers.last))
  }

  /// A whole number of a range that is likelier to make trouble: its bounds, what is near to 0, and numbers that came before.
  ///
  /// It only draws otherwise than ``integer(in:)``; the same choice is the same number.
  mutating func troublesomeInteger(in range: ClosedRange<Int>) -> Int {
    let numbers = NumberedRange(range)
    // Of few numbers each comes up anyway.
    guard numbers.last > 20 else { return numbers.number(next(upTo: numbers.last)) }
    if let replayed = played(upTo: numbers.last) { return numbers.number(keep(replayed)) }
    let choice: UInt64
    switch source.number(below: 16) {
    case 0, 1: choice = source.element(of: numbers.remarkable)
    case 2, 3, 4:
      // Each length in bits is as likely as the others.
      let surplus = source.number(below: UInt64(64 - numbers.last.leadingZeroBitCount))
      let bits = UInt64(numbers.last.leadingZeroBitCount) + surplus
      choice = numbers.choice(
        distance: source.next() >> bits, isBelow: source.number(below: 2) == 1)
    case 5 where drawn.count > placeStart:
      // Only of this place: what has a label must not depend on what is drawn elsewhere.
      let index = source.number(below: UInt64(drawn.count - placeStart))
      choice = min(drawn[placeStart + Int(index)], numbers.last)
    default:
      choice = numbers.last == .max ? source.next() : source.number(below: numbers.last + 1)
    }
    return numbers.number(keep(choice))
  }

  /// One of the elements, the first being the simplest.
  public mutating func element<Element>(of elements: [Element]) -> Element {
    elements[Int(next(below: UInt64(elements.count)))]
  }
}

/// Choices that belong together, such as those of an element of a list.
struct ChoiceSpan: Sendable, Hashable {
  enum Kind: Sendable {
    /// An element of a list, with the choice whether it comes at all.
    case element
    /// A value that a filter refused.
    case refused
    /// A value of one of several generators, with the choice among them.
    case alternative
  }

  var kind: Kind
  var range: Range<Int>
}

extension Choices {
  /// Draws choices that belong together.
  mutating func span<Result>(
    _ kind: ChoiceSpan.Kind, from start: Int? = nil, _ body: (inout Choices) -> Result
  ) -> Result {
    let start = start ?? drawn.count
    defer { close(kind, from: start) }
    return body(&self)
  }

  /// Notes that the choices since `start` belong together.
  mutating func close(_ kind: ChoiceSpan.Kind, from start: Int) {
    if drawn.count > start { spans.append(ChoiceSpan(kind: kind, range: start..<drawn.count)) }
  }

  /// Whether nothing but the simplest choice can be drawn from now on.
  var isSpent: Bool { replayed.map { drawn.count >= $0.count } ?? false }
}
