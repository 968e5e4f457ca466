import HTTPTypes
import HarnessJSON

/// Finds in what two exchanges differ that should be the same over two transports.
struct ExchangeComparison {
  /// One thing that differs: what it is, and both values.
  struct Finding: Equatable {
    let what: String
    let one: String
    let other: String
  }

  /// Fields that say how a message travelled, or when.
  static let ignored: Set<String> = ["date", "connection", "keep-alive", "host"]
  /// Fields that only a transport with framing has.
  static let framing: Set<String> = ["content-length", "transfer-encoding"]

  /// Names of fields that are not compared, in lower case.
  let ignoredFields: Set<String>

  init(ignoring names: Set<String>, comparesFraming: Bool) {
    ignoredFields = Self.ignored.union(names.map { $0.lowercased() })
      .union(comparesFraming ? [] : Self.framing)
  }

  func findings(_ one: RecordedExchange, _ other: RecordedExchange) -> [Finding] {
    var findings: [Finding] = []
    func compare(_ what: String, _ one: String, _ other: String) {
      if one != other { findings.append(Finding(what: what, one: one, other: other)) }
    }
    compare("request", one.title, other.title)
    compare("outcome", one.ending, other.ending)
    compare("informational responses", one.early, other.early)
    for (what, one, other) in [
      ("field", one.fields, other.fields), ("trailer", one.trailers, other.trailers),
    ] {
      for name in Set(one.map(\.name.canonicalName) + other.map(\.name.canonicalName)).sorted()
      where !ignoredFields.contains(name) {
        compare("\(what) \(name)", Self.values(name, one), Self.values(name, other))
      }
    }
    if one.body != other.body, !Self.meanTheSame(one.body, other.body) {
      compare("body", Excerpt.body(one.body, limit: 200), Excerpt.body(other.body, limit: 200))
    }
    return findings
  }

  private static func values(_ name: String, _ fields: HTTPFields) -> String {
    let found = fields.filter { $0.name.canonicalName == name }
    guard !found.isEmpty else { return "absent" }
    return found.map { "\"\(Excerpt.line(SecretMask.value(of: $0), limit: 200))\"" }
      .joined(separator: ", ")
  }

  private static func meanTheSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard let one = try? JSONValue(parsing: one), let other = try? JSONValue(parsing: other) else {
      return false
    }
    return one == other
  }
}

/// What of an exchange is compared with that over another transport.
struct RecordedExchange: Sendable {
  var title = ""
  /// The status, or why there is no response.
  var ending = ""
  var early = ""
  var fields = HTTPFields()
  var trailers = HTTPFields()
  var body: [UInt8] = []

  init(_ outcome: HTTPOutcome) {
    let record: ExchangeRecord
    switch outcome {
    case .response(let exchange):
      record = exchange.record
      ending = "status \(exchange.status.code)"
    case .failed(let error):
      record = error.record
      ending = "failed: \(error.code)"
    case .cancelled:
      ending = "cancelled"
      return
    }
    title = record.title
    early = record.informational.map { "\($0.status.code)" }.joined(separator: ", ")
    fields = record.response?.headerFields ?? [:]
    trailers = record.trailers
    body = record.body
  }
}
