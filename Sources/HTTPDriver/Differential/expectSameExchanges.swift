import HarnessLock
import HarnessReporting

/// Runs one suite of requests through several transports, and expects the exchanges to be the same.
///
/// The exchanges over the first transport are what those over the others are compared with, in the order in which
/// they ended: outcome, status, header fields, trailers, informational responses and body, JSON by meaning. `Date`,
/// `Connection`, `Keep-Alive` and `Host` are left out, and `Content-Length` and `Transfer-Encoding` where one of the
/// two transports frames nothing.
///
/// ```swift
/// try await withHTTPService(handler) { tcp in
///   try await expectSameExchanges(over: [.handler(handler), .memory(handler), tcp]) { http in
///     _ = try await http.get("/reports/7")
///   }
/// }
/// ```
///
/// State that the service keeps between two runs makes them differ, so give each run a service of its own where it has
/// any. Header fields of `names` may differ, such as a request's identifier.
///
/// - Throws: After the test has failed at this line, when anything differs; what `suite` throws.
public func expectSameExchanges(
  over transports: [HTTPTransport], ignoring names: Set<String> = [],
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column, _ suite: (HTTPDriver) async throws -> Void
) async throws {
  var runs: [(transport: HTTPTransport, exchanges: [RecordedExchange])] = []
  for transport in transports {
    let exchanges = Lock<[RecordedExchange]>([])
    let http = HTTPDriver(transport).observing { outcome in
      exchanges.withLock { $0.append(RecordedExchange(outcome)) }
    }
    try await suite(http)
    runs.append((transport, exchanges.withLock { $0 }))
  }
  guard let first = runs.first else { return }
  let reports = runs.dropFirst().compactMap { run in
    DifferentialReport(first: first, other: run, ignoring: names).text
  }
  guard !reports.isEmpty else { return }
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  throw await Reporter().error(recording: Failure(reports.joined(separator: "\n"), at: site))
}

/// Writes down in what the exchanges over two transports differ.
struct DifferentialReport {
  private static let shown = 10

  let first: (transport: HTTPTransport, exchanges: [RecordedExchange])
  let other: (transport: HTTPTransport, exchanges: [RecordedExchange])
  let ignored: Set<String>

  init(
    first: (transport: HTTPTransport, exchanges: [RecordedExchange]),
    other: (transport: HTTPTransport, exchanges: [RecordedExchange]), ignoring ignored: Set<String>
  ) {
    self.first = first
    self.other = other
    self.ignored = ignored
  }

  /// The failure's text; nil where nothing differs.
  var text: String? {
    let comparison = ExchangeComparison(
      ignoring: ignored,
      comparesFraming: [first, other].allSatisfy { $0.transport.capabilities.contains(.framing) })
    var lines: [String] = []
    var count = 0
    for (index, pair) in zip(first.exchanges, other.exchanges).enumerated() {
      let findings = comparison.findings(pair.0, pair.1)
      guard !findings.isEmpty else { continue }
      count += findings.count
      guard lines.count < Self.shown * 4 else { continue }
      lines.append("  exchange \(index + 1), \(pair.0.title)")
      for finding in findings {
        lines.append("    \(finding.what)")
        lines.append("      \(padded(first.transport.name))  \(finding.one)")
        lines.append("      \(padded(other.transport.name))  \(finding.other)")
      }
    }
    if first.exchanges.count != other.exchanges.count {
      count += 1
      lines.append("  the number of exchanges")
      lines.append("      \(padded(first.transport.name))  \(first.exchanges.count)")
      lines.append("      \(padded(other.transport.name))  \(other.exchanges.count)")
    }
    guard count > 0 else { return nil }
    let places = count == 1 ? "1 place" : "\(count) places"
    return """
      the exchanges over \(other.transport.name) differ from those over \(first.transport.name) \
      in \(places)
      \(lines.joined(separator: "\n"))
      """
  }

  private func padded(_ name: String) -> String {
    let width = max(first.transport.name.count, other.transport.name.count)
    return name + String(repeating: " ", count: width - name.count)
  }
}
