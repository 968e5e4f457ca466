import HarnessJSON

/// The stages that a service tells of on a WebSocket, declared once and checked as they come.
///
/// ```swift
/// let imports = WSFlow(
///   Progress.self, stage: \.name,
///   [.once("validation"), .repeating("transformation"), .optional("cleanup"), .once("storage"),
///    .end("completed"), .abort("failed")]
/// ).percent(\.percent).numbered(\.sequence)
///
/// let run = try await socket.follow(imports)
/// ```
///
/// A breach fails the test with the message that made it, and not with the deadline of a last message that can
/// never come any more.
public struct WSFlow<Event: Decodable & Sendable & SendableMetatype, Stage: Hashable & Sendable>:
  Sendable
{
  /// A stage, and how it may come.
  public struct Step: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
      case once
      case optional
      case repeating
      case end
      case abort
    }

    /// The stage.
    public let stage: Stage
    let kind: Kind

    /// Comes once, in its place.
    public static func once(_ stage: Stage) -> Step { Step(stage: stage, kind: .once) }
    /// Comes once in its place, or not at all.
    public static func optional(_ stage: Stage) -> Step { Step(stage: stage, kind: .optional) }
    /// Comes in its place, once or several times in a row.
    public static func repeating(_ stage: Stage) -> Step { Step(stage: stage, kind: .repeating) }
    /// Ends the flow, once all that must come has come.
    public static func end(_ stage: Stage) -> Step { Step(stage: stage, kind: .end) }
    /// Ends the flow at any time.
    public static func abort(_ stage: Stage) -> Step { Step(stage: stage, kind: .abort) }
  }

  /// Where a flow is joined.
  public enum Start: Sendable {
    /// At its beginning, or with everything from its beginning told again.
    case beginning
    /// Anywhere: the service does not tell again what came before.
    case anywhere
    /// After what was seen on an earlier connection. Where the flow is numbered, the service may tell any part of it
    /// again, and it must then be the same.
    case after(WSFlowRun<Event, Stage>)
  }

  let steps: [Step]
  let stage: @Sendable (Event) -> Stage?
  var percent: (@Sendable (Event) -> Double?)?
  var number: (@Sendable (Event) -> Int)?
  var firstNumber = 1

  /// Declares a flow.
  ///
  /// - Parameters:
  ///   - type: The type of the messages, which must be JSON.
  ///   - stage: The stage that a message tells of; nil for one that tells of none, which may come at any time.
  ///   - steps: The stages in their order, and those that end the flow.
  public init(
    _ type: Event.Type = Event.self, stage: @escaping @Sendable (Event) -> Stage?, _ steps: [Step]
  ) {
    self.stage = stage
    self.steps = steps
  }

  /// Says that a percentage is told, which is from 0 to 100 and never falls; nil where a message tells none.
  public func percent(_ percent: @escaping @Sendable (Event) -> Double?) -> WSFlow {
    var flow = self
    flow.percent = percent
    return flow
  }

  /// Says that a percentage is told, as ``percent(_:)`` does, by a whole number.
  public func percent(_ percent: @escaping @Sendable (Event) -> Int?) -> WSFlow {
    self.percent { event in percent(event).map(Double.init) }
  }

  /// Says that the messages are numbered, one after the other, so that none is lost and none comes twice.
  public func numbered(
    from first: Int = 1, _ number: @escaping @Sendable (Event) -> Int
  ) -> WSFlow {
    var flow = self
    flow.number = number
    flow.firstNumber = first
    return flow
  }
}

extension WSFlow: CustomStringConvertible {
  /// The flow in a line, such as `validation → transformation (repeats) → completed; failed at any time`.
  public var description: String {
    let chain = steps.filter { $0.kind != .abort && $0.kind != .end }.map { step in
      switch step.kind {
      case .optional: "[\(step.stage)]"
      case .repeating: "\(step.stage) (repeats)"
      case .once, .end, .abort: "\(step.stage)"
      }
    }
    let ends = steps.filter { $0.kind == .end }.map { "\($0.stage)" }.joined(separator: " or ")
    let aborts = steps.filter { $0.kind == .abort }.map { "\($0.stage)" }.joined(separator: " or ")
    let whole = (chain + (ends.isEmpty ? [] : [ends])).joined(separator: " → ")
    return whole + (aborts.isEmpty ? "" : "; \(aborts) at any time")
  }
}

/// What was seen of a flow.
public struct WSFlowRun<Event: Sendable, Stage: Hashable & Sendable>: Sendable {
  /// The messages, in order; those that were told again are not among them.
  public internal(set) var events: [Event] = []
  /// The stages, in order, each as often as it came.
  public internal(set) var stages: [Stage] = []
  /// Whether the flow came to one of its ends.
  public internal(set) var isEnded = false
  /// How many messages of an earlier connection were told again on this one.
  public internal(set) var replayed = 0
  /// The texts of the events, by number, to compare with what is told again.
  var values: [Int: JSONValue] = [:]
  var percent: Double?
  var number: Int?

  /// The last message; nil where none came.
  public var last: Event? { events.last }
}
