/// How long the phases of an exchange took; a phase that was not completed is nil.
public struct HTTPTimings: Sendable, Hashable {
  /// From the start until the connection stood; nil in process, and where a pool had it already.
  public var connect: Duration?
  /// From then, or from the start where nothing was connected, until the response's head was there, sending the request
  /// included.
  public var head: Duration?
  /// From the connection until the whole request was handed over, a part of ``head``; nil where the response came
  /// first.
  public var request: Duration?
  /// From then until the response's body was complete.
  public var body: Duration?

  /// Makes timings of no phase.
  public init() {}

  /// The sum of the phases.
  public var total: Duration {
    [connect, head, body].compactMap(\.self).reduce(.zero, +)
  }
}

extension HTTPTimings: CustomStringConvertible {
  /// The phases in words, such as `connect 0.2 ms, head 12.4 ms, body 0.1 ms`.
  public var description: String {
    let phases = [("connect", connect), ("head", head), ("body", body)].compactMap { name, time in
      time.map { "\(name) \(milliseconds($0))" }
    }
    return phases.isEmpty ? "no phase was completed" : phases.joined(separator: ", ")
  }
}

/// A duration with a tenth of a millisecond.
private func milliseconds(_ duration: Duration) -> String {
  let (seconds, attoseconds) = duration.components
  let tenths = seconds * 10_000 + (attoseconds + 50_000_000_000_000) / 100_000_000_000_000
  return "\(tenths / 10).\(tenths % 10) ms"
}
