import HarnessJSON

/// Looks for what a server should not tell about its inside, in every string of a document.
///
/// Source: RFC 9457, section 5: generators should take care that no stack dump leaves the server, and section 4:
/// what an error tells of the implementation helps an attacker.
struct LeakScan {
  /// How sure a leak is.
  enum Level: Int, Comparable {
    /// Worth a look.
    case hint
    /// Hardly anything else.
    case likely
    /// Nothing else looks like it.
    case certain

    static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
  }

  struct Leak {
    let pointer: JSONPointer
    let level: Level
    /// Whether it is a stack trace or stands where one does; other leaks are of what it is about.
    let isTrace: Bool
    let message: String
    let excerpt: String
  }

  private(set) var leaks: [Leak] = []

  init(_ document: JSONValue) {
    // Without recursion: how deep a document is nested is up to who sent it.
    var steps = [Step.scan(document, JSONPointer())]
    while let step = steps.popLast() {
      switch step {
      case .scan(let value, let place): steps += scan(value, at: place).reversed()
      case .member(let member, let place):
        steps += [.name(member, place, leaksBefore: leaks.count), .scan(member.value, place)]
      case .name(let member, let place, let leaksBefore):
        if leaks.count == leaksBefore { checkName(of: member, at: place) }
      }
    }
  }

  private enum Step {
    case scan(JSONValue, JSONPointer)
    case member(JSONObject.Member, JSONPointer)
    /// A name counts only where nothing was found inside its value.
    case name(JSONObject.Member, JSONPointer, leaksBefore: Int)
  }

  /// Scans one value; what remains is its content.
  private mutating func scan(_ value: JSONValue, at place: JSONPointer) -> [Step] {
    switch value {
    case .string(let text):
      scan(text, at: place)
      return []
    case .array(let elements):
      // A trace written as an array of lines is one leak.
      let texts = elements.compactMap(\.stringValue)
      if texts.count == elements.count, let frame = StackFrame.first(in: texts) {
        report(frame, at: place)
        return []
      }
      return elements.enumerated().map { .scan($0.element, place.appending($0.offset)) }
    case .object(let object):
      return object.map { .member($0, place.appending($0.name)) }
    case .null, .bool, .number: return []
    }
  }

  private mutating func scan(_ text: String, at place: JSONPointer) {
    // What leaks shows itself early; a hostile text may be long.
    let start =
      text.utf8.count > 1 << 16 ? String(decoding: text.utf8.prefix(1 << 16), as: UTF8.self) : text
    let lines = start.split(whereSeparator: \.isNewline).map(String.init)
    if let frame = StackFrame.first(in: lines) {
      report(frame, at: place)
      // The paths of its frames are no leaks of their own.
      return
    }
    guard let leak = InternalText.first(in: start, isReference: Self.isReference(place)) else {
      return
    }
    leaks.append(
      Leak(
        pointer: place, level: leak.level, isTrace: false, message: "\(leak.level) \(leak.name)",
        excerpt: leak.excerpt))
  }

  /// Whether a member has an address by its name: the paths in it are not those of files.
  private static func isReference(_ place: JSONPointer) -> Bool {
    guard let name = place.tokens.last else { return false }
    return ["type", "instance", "href", "url", "uri", "link", "self", "help", "pointer", "path"]
      .contains(name.lowercased())
  }

  private mutating func report(_ frame: StackFrame, at place: JSONPointer) {
    leaks.append(
      Leak(
        pointer: place, level: frame.level, isTrace: true,
        message: "\(frame.level) \(frame.name)", excerpt: frame.line))
  }

  private mutating func checkName(of member: JSONObject.Member, at place: JSONPointer) {
    let hasContent =
      switch member.value {
      case .string(let text): !text.isEmpty
      case .array(let elements): !elements.isEmpty
      case .object(let object): !object.isEmpty
      case .null, .bool, .number: false
      }
    guard hasContent, let level = Self.level(of: member) else { return }
    leaks.append(
      Leak(
        pointer: place, level: level, isTrace: true,
        message: "\(level) a stack trace or a debugging aid, by its name",
        excerpt: member.value.compactText))
  }

  private static func level(of member: JSONObject.Member) -> Level? {
    switch member.name.lowercased().filter({ $0 != "_" && $0 != "-" }) {
    case "stacktrace", "backtrace", "callstack": .likely
    // A deployment has a stack too, in one word.
    case "stack": isTraceLike(member.value) ? .likely : .hint
    case "trace", "exception", "exceptions", "debug", "sql", "query": .hint
    default: nil
    }
  }

  private static func isTraceLike(_ value: JSONValue) -> Bool {
    value.arrayValue != nil || value.stringValue?.contains(where: \.isNewline) == true
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
