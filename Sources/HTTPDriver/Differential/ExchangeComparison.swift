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
    if one.target != other.target {
      findings.append(Self.finding("request", one.title, other.title))
    }
    compare("outcome", one.ending, other.ending)
    compare("informational responses", one.early, other.early)
    for (what, one, other) in [
      ("field", one.fields, other.fields), ("trailer", one.trailers, other.trailers),
    ] {
      for name in Set(one.map(\.name.canonicalName) + other.map(\.name.canonicalName)).sorted()
      where !ignoredFields.contains(name) {
        let (one, other) = (Self.fields(name, one), Self.fields(name, other))
        if one.map(\.value) != other.map(\.value) {
          findings.append(
            Self.finding("\(what) \(name)", Self.shown(one), Self.shown(other)))
        }
      }
    }
    if one.body != other.body, !Self.meanTheSame(one.body, other.body) {
      let same = zip(one.body, other.body).prefix { $0 == $1 }.count
      findings.append(
        Self.finding(
          "body", Excerpt.body(one.body, limit: 200), Excerpt.body(other.body, limit: 200),
          unseen: "body, which differs from byte \(same) on"))
    }
    return findings
  }

  /// What differs, also where that is masked or left out of what is shown.
  private static func finding(
    _ what: String, _ one: String, _ other: String, unseen: String? = nil
  ) -> Finding {
    let unseen = unseen ?? "\(what), which differs in what is not shown"
    return Finding(what: one == other ? unseen : what, one: one, other: other)
  }

  private static func fields(_ name: String, _ fields: HTTPFields) -> [HTTPField] {
    fields.filter { $0.name.canonicalName == name }
  }

  private static func shown(_ fields: [HTTPField]) -> String {
    guard !fields.isEmpty else { return "absent" }
    return fields.map { "\"\(Excerpt.line(SecretMask.value(of: $0), limit: 200))\"" }
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
  /// Method and path, as they were sent.
  var target = ""
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
    target = "\(record.request.method.rawValue) \(record.request.path ?? "")"
    early = record.informational.map { "\($0.status.code)" }.joined(separator: ", ")
    fields = record.response?.headerFields ?? [:]
    trailers = record.trailers
    // How much of a stream had come when the test left it is a matter of time.
    body = record.isLeft ? [] : record.body
  }
}
