import HTTPDriver
import HarnessJSON
import HarnessWebSocket

/// Decides whether the messages of a flow come as it says.
struct FlowCheck<Event: Decodable & Sendable & SendableMetatype, Stage: Hashable & Sendable>:
  Sendable
{
  /// A message that breaks the flow.
  struct Breach: Sendable {
    let reason: String
    let message: WSMessage
  }

  let flow: WSFlow<Event, Stage>
  private(set) var run: WSFlowRun<Event, Stage>
  private(set) var breach: Breach?
  /// The stage of the first message may be any, because the beginning was not seen.
  private var isJoining: Bool
  /// How many events there were when this connection began.
  private let earlierCount: Int
  /// How many must be told again, because the flow had come to its end before.
  private let due: Int

  /// Whether nothing more is to come: the flow is broken, or at its end, with all of it told again where it had ended
  /// before.
  var isOver: Bool { breach != nil || run.isEnded && run.replayed >= due }

  init(_ flow: WSFlow<Event, Stage>, from start: WSFlow<Event, Stage>.Start) {
    self.flow = flow
    switch start {
    case .beginning: (run, isJoining) = (WSFlowRun(), false)
    case .anywhere: (run, isJoining) = (WSFlowRun(), true)
    case .after(let earlier):
      (run, isJoining) = (earlier, false)
      run.replayed = 0
    }
    earlierCount = run.events.count
    due = run.isEnded ? run.values.count : 0
  }

  /// Takes in a message; gives the event when it is a new one that keeps to the flow.
  mutating func accept(_ message: WSMessage) -> Event? {
    let value: JSONValue
    let event: Event
    do {
      value = try JSONValue(parsing: message.bytes)
      event = try value.decode(Event.self)
    } catch {
      return fail("a message is no \(Event.self): \(decodingReason(error))", message)
    }
    if let number = flow.number?(event), let seen = run.values[number] {
      if let finding = JSONDifference(expected: seen, actual: value).findings.first {
        let place = finding.pointer.description
        return fail(
          "number \(number) was told again, and differs at \(place.isEmpty ? "the root" : place)",
          message)
      }
      // What is told again comes before anything new does.
      guard run.events.count == earlierCount else {
        return fail("number \(number) came twice", message)
      }
      run.replayed += 1
      return nil
    }
    if run.isEnded { return fail("a message came after the end of the flow", message) }
    if let reason = fault(ofNumberIn: event) ?? fault(ofStageIn: event)
      ?? fault(ofPercentIn: event)
    {
      return fail(reason, message)
    }
    // One that tells of no stage may come at any time.
    if flow.stage(event) != nil { isJoining = false }
    run.events.append(event)
    if let number = flow.number?(event) { run.values[number] = value }
    return event
  }

  private mutating func fail(_ reason: String, _ message: WSMessage) -> Event? {
    breach = Breach(reason: reason, message: message)
    return nil
  }

  private mutating func fault(ofNumberIn event: Event) -> String? {
    guard let number = flow.number?(event) else { return nil }
    let due = run.number.map { $0 + 1 } ?? (isJoining ? number : flow.firstNumber)
    guard number == due else { return "number \(number) came where \(due) was due" }
    run.number = number
    return nil
  }

  private mutating func fault(ofPercentIn event: Event) -> String? {
    guard let percent = flow.percent?(event) else { return nil }
    guard percent >= 0 && percent <= 100 else { return "the percentage is \(percent)" }
    if let last = run.percent, percent < last {
      return "the percentage fell from \(last) to \(percent)"
    }
    run.percent = percent
    return nil
  }

  private mutating func fault(ofStageIn event: Event) -> String? {
    guard let stage = flow.stage(event) else { return nil }
    guard let step = flow.steps.first(where: { $0.stage == stage }) else {
      return "\(stage) is no stage of the flow"
    }
    if let reason = fault(of: step) { return reason }
    run.stages.append(stage)
    run.isEnded = step.kind == .end || step.kind == .abort
    return nil
  }

  private func fault(of step: WSFlow<Event, Stage>.Step) -> String? {
    if step.kind == .abort { return nil }
    let chain = flow.steps.filter { $0.kind != .end && $0.kind != .abort }
    let last = run.stages.last.flatMap { stage in chain.firstIndex { $0.stage == stage } }
    let place = step.kind == .end ? chain.count : chain.firstIndex(of: step) ?? chain.count
    if let last, place <= last {
      if place < last { return "\(step.stage) came after \(chain[last].stage)" }
      return step.kind == .repeating ? nil : "\(step.stage) came twice"
    }
    if isJoining { return nil }
    let skipped = chain[(last.map { $0 + 1 } ?? 0)..<place].filter { $0.kind != .optional }
    guard let missing = skipped.first else { return nil }
    return "\(step.stage) came before \(missing.stage)"
  }
}
