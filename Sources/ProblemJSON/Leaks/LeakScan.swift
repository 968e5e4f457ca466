import HarnessJSON

/// Looks for what a server should not tell about its inside, in every string of a document.
///
/// Source: RFC 9457, section 5: generators should take care that no stack dump leaves the server.
struct LeakScan {
  /// How sure a leak is.
  enum Level {
    /// Worth a look.
    case hint
    /// Hardly anything else.
    case likely
    /// Nothing else looks like it.
    case certain
  }

  struct Leak {
    let pointer: JSONPointer
    let level: Level
    let message: String
    let excerpt: String
  }

  private(set) var leaks: [Leak] = []

  init(_ document: JSONValue) {
    scan(document, at: JSONPointer())
  }

  private mutating func scan(_ value: JSONValue, at place: JSONPointer) {
    switch value {
    case .string(let text): scan(text, at: place)
    case .array(let elements):
      // A trace written as an array of lines is one leak.
      let texts = elements.compactMap(\.stringValue)
      if texts.count == elements.count, let frame = StackFrame.first(in: texts) {
        report(frame, at: place)
        return
      }
      for (index, element) in elements.enumerated() { scan(element, at: place.appending(index)) }
    case .object(let object):
      for member in object.members {
        let count = leaks.count
        scan(member.value, at: place.appending(member.name))
        if leaks.count == count { checkName(of: member, at: place.appending(member.name)) }
      }
    case .null, .bool, .number: return
    }
  }

  private mutating func scan(_ text: String, at place: JSONPointer) {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    if let frame = StackFrame.first(in: lines) { report(frame, at: place) }
  }

  private mutating func report(_ frame: StackFrame, at place: JSONPointer) {
    leaks.append(
      Leak(
        pointer: place, level: frame.level, message: "\(frame.level) \(frame.name)",
        excerpt: frame.line))
  }

  private mutating func checkName(of member: JSONObject.Member, at place: JSONPointer) {
    let hasContent =
      switch member.value {
      case .string(let text): !text.isEmpty
      case .array(let elements): !elements.isEmpty
      case .object(let object): !object.isEmpty
      case .null, .bool, .number: false
      }
    guard hasContent, let level = Self.level(ofName: member.name) else { return }
    leaks.append(
      Leak(
        pointer: place, level: level,
        message: "\(level) a stack trace or a debugging aid, by its name",
        excerpt: member.value.compactText))
  }

  private static func level(ofName name: String) -> Level? {
    switch name.lowercased().filter({ $0 != "_" && $0 != "-" }) {
    case "stack", "stacktrace", "backtrace", "callstack": .likely
    case "trace", "exception", "exceptions", "debug", "sql", "query": .hint
    default: nil
    }
  }
}

extension LeakScan.Level: CustomStringConvertible {
  var description: String {
    switch self {
    case .hint: "perhaps"
    case .likely: "probably"
    case .certain: "certainly"
    }
  }
}
