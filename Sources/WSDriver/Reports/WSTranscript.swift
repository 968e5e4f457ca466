import HTTPDriver
import HarnessWebSocket
import Waiters

/// What was sent and received on a WebSocket, frame by frame, for failures.
struct WSTranscript: Sendable {
  private enum Line: Sendable {
    case received(WSFrameRecord)
    case sent(WSFrameRecord)
    case note(String)
  }

  /// The frames that are kept, the newest ones.
  private static let limit = 2_000

  private var entries: [(time: Duration, line: Line)] = []
  private(set) var dropped = 0
  private let start: ContinuousClock.Instant

  init(start: ContinuousClock.Instant) {
    self.start = start
  }

  /// The frames and notes that are kept.
  var count: Int { entries.count }

  mutating func received(_ frame: WSFrameRecord, at now: ContinuousClock.Instant) {
    add(.received(frame), now)
  }

  mutating func sent(_ frame: WSFrameRecord, at now: ContinuousClock.Instant) {
    add(.sent(frame), now)
  }

  mutating func note(_ text: String, at now: ContinuousClock.Instant) {
    add(.note(text), now)
  }

  /// The newest lines, oldest first, with a count of those left out.
  func lines(newest count: Int = .max) -> [String] {
    let shown = entries.suffix(count)
    let left = dropped + entries.count - shown.count
    let lines = shown.map { "\(padded($0.time.readable, to: 9))  \(Self.text(of: $0.line))" }
    return (left > 0 ? ["… (\(left) earlier)"] : []) + lines
  }

  private mutating func add(_ line: Line, _ now: ContinuousClock.Instant) {
    // In blocks, so that a long session does not move the whole array for each frame.
    if entries.count >= 2 * Self.limit {
      entries.removeFirst(Self.limit)
      dropped += Self.limit
    }
    entries.append((start.duration(to: now), line))
  }

  private static func text(of line: Line) -> String {
    switch line {
    case .received(let frame): "← \(text(of: frame))"
    case .sent(let frame): "→ \(text(of: frame))"
    case .note(let text): "  \(text)"
    }
  }

  private static func text(of frame: WSFrameRecord) -> String {
    let name = frame.opcode.name + (frame.isFinal ? "" : "…")
    var start = "\(padded(name, to: 6))  \(byteCount(frame.size))"
    if let inflated = frame.inflatedSize { start += ", inflated \(inflated)" }
    let marks = frame.unusualBits
    if !marks.isEmpty { start += " [\(marks)]" }
    if frame.opcode == .close {
      guard frame.head.count >= 2 else { return start }
      let code = WSCloseCode(rawValue: UInt16(frame.head[0]) << 8 | UInt16(frame.head[1]))
      let reason = String(decoding: frame.head[2...], as: UTF8.self)
      return "\(start)  \(code)" + (reason.isEmpty ? "" : " \(reason.debugDescription)")
    }
    guard !frame.head.isEmpty else { return start }
    let size = frame.inflatedSize ?? frame.size
    return "\(start)  \(Excerpt.body(frame.head, of: size, limit: 120))"
  }
}

extension WSFrameRecord {
  /// The reserved bits that are set without a meaning; RSV1 of a compressed message has one.
  fileprivate var unusualBits: String {
    let known: [(WSReservedBits, String)] = [(.rsv1, "RSV1"), (.rsv2, "RSV2"), (.rsv3, "RSV3")]
    let set = inflatedSize == nil ? reserved : reserved.subtracting(.rsv1)
    return known.filter { set.contains($0.0) }.map(\.1).joined(separator: " ")
  }
}

private func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}
