import HarnessLock
import HarnessReporting

/// Tells at the end of a suite which routes of the service no test has called.
///
/// Share one between the drivers of a suite; it is fed by ``HTTPDriver/HTTPDriver/observing(_:)``:
///
/// ```swift
/// let coverage = RouteCoverage(["GET /reports/{id}", "POST /upload", "GET /files/**"])
/// let http = HTTPDriver(address).observing(coverage.observe)
/// …
/// try coverage.expectAllCalled()
/// ```
///
/// A route is a method and a path. A segment `{name}`, `:name` or `*` stands for any segment that is not empty,
/// `*.jpg`, `{name}.jpg`, `file.*` and `file.{name}` for one that begins or ends so, and `**` at the end for any number
/// of them.
public final class RouteCoverage: Sendable {
  private struct State {
    var calls: [Int]
    var unknown: [String] = []
  }

  private let routes: [RoutePattern]
  private let state: Lock<State>

  /// Counts calls of these routes.
  public init(_ routes: [String]) {
    self.routes = routes.map(RoutePattern.init)
    state = Lock(State(calls: Array(repeating: 0, count: routes.count)))
  }

  /// Takes in an exchange, whatever its status: the driver's observer.
  public var observe: @Sendable (HTTPOutcome) -> Void {
    { outcome in
      let record: ExchangeRecord
      switch outcome {
      case .response(let exchange): record = exchange.record
      case .failed(let error): record = error.record
      case .cancelled: return
      }
      self.count(record.request.method.rawValue, record.request.path ?? "/")
    }
  }

  /// The routes that were not called, in the order in which they were given.
  public var uncalled: [String] {
    let calls = state.withLock { $0.calls }
    return zip(routes, calls).filter { $0.1 == 0 }.map(\.0.text)
  }

  /// How often each route was called, in the order in which they were given.
  public var calls: [(route: String, count: Int)] {
    zip(routes.map(\.text), state.withLock { $0.calls }).map { ($0, $1) }
  }

  /// Expects every route to have been called.
  ///
  /// - Throws: After the test has failed at this line, with the routes that were not.
  public func expectAllCalled(
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) throws {
    let uncalled = uncalled
    guard !uncalled.isEmpty else { return }
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let unknown = state.withLock { $0.unknown }
    var lines = ["\(uncalled.count) of \(routes.count) routes were not called"]
    lines += uncalled.prefix(20).map { "  uncalled  \($0)" }
    if uncalled.count > 20 { lines.append("  and \(uncalled.count - 20) more") }
    lines += unknown.prefix(5).map {
      "  unknown   \(Excerpt.line($0, limit: 200)), which no route stands for"
    }
    throw Reporter().error(recording: Failure(lines.joined(separator: "\n"), at: site))
  }

  private func count(_ method: String, _ path: String) {
    let segments = RoutePattern.segments(of: path)
    // The most exact route has the call, as in a router.
    let best = routes.indices.filter { routes[$0].matches(method, segments) }
      .min { routes[$0].rank.lexicographicallyPrecedes(routes[$1].rank) }
    state.withLock { state in
      if let best {
        state.calls[best] += 1
      } else if state.unknown.count < 100 {
        state.unknown.append("\(method) \(path.prefix { $0 != "?" })")
      }
    }
  }
}

/// A route of a service: its method, and its path with placeholders.
struct RoutePattern {
  enum Segment: Equatable {
    case literal(Substring)
    case around(prefix: Substring, suffix: Substring)
    case any
    case rest
  }

  let text: String
  private let method: String
  private let pattern: [Segment]

  init(_ text: String) {
    self.text = text
    let words = text.split(separator: " ", maxSplits: 1)
    method = words.count == 2 ? words[0].uppercased() : "*"
    pattern = Self.segments(of: String(words.last ?? "/")).map { segment in
      if segment == "**" { return .rest }
      if segment == "*" || segment.hasPrefix(":") { return .any }
      return Self.placeholder(in: segment)
    }
  }

  /// A literal, or what comes before and after a `*` or `{name}` at either end.
  private static func placeholder(in segment: Substring) -> Segment {
    if segment.first == "*" { return .around(prefix: "", suffix: segment.dropFirst()) }
    if segment.last == "*" { return .around(prefix: segment.dropLast(), suffix: "") }
    guard let open = segment.firstIndex(of: "{"), let close = segment.lastIndex(of: "}"),
      open < close
    else { return .literal(segment) }
    let (prefix, suffix) = (segment[..<open], segment[segment.index(after: close)...])
    if prefix.isEmpty, suffix.isEmpty { return .any }
    return prefix.isEmpty || suffix.isEmpty
      ? .around(prefix: prefix, suffix: suffix) : .literal(segment)
  }

  /// Lower for a more exact route: literals before placeholders before the rest.
  var rank: [Int] {
    pattern.map { segment in
      switch segment {
      case .literal: 0
      case .around: 1
      case .any: 2
      case .rest: 3
      }
    }
  }

  static func segments(of path: String) -> [Substring] {
    path.prefix { $0 != "?" }.split(separator: "/")
  }

  func matches(_ method: String, _ segments: [Substring]) -> Bool {
    guard self.method == "*" || self.method == method else { return false }
    var rest = segments[...]
    for segment in pattern {
      switch segment {
      case .rest: return true
      case .any: if rest.popFirst() == nil { return false }
      case .around(let prefix, let suffix):
        guard let segment = rest.popFirst(), segment.count > prefix.count + suffix.count,
          segment.hasPrefix(prefix), segment.hasSuffix(suffix)
        else { return false }
      case .literal(let text): if rest.popFirst() != text { return false }
      }
    }
    return rest.isEmpty
  }
}
