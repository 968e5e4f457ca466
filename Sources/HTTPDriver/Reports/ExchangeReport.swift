import HTTPTypes
import HarnessJSON
import HarnessReporting
import ProblemJSON

/// Writes the failure of one exchange: what differed, then request and response, then how to repeat it.
struct ExchangeReport {
  private static let bodyLimit = 400
  private static let valueLimit = 200
  private static let fieldLimit = 30
  /// Bytes of a body in the evidence: a failure must not take longer to write than the exchange took.
  private static let evidenceLimit = 256 << 10

  let record: ExchangeRecord
  /// What was sent of the body: its secrets are looked for once, however often it is shown.
  private let sent: MaskedBytes

  init(record: ExchangeRecord) {
    self.record = record
    sent = MaskedBytes(record.sent.head)
  }

  /// The failure's text.
  ///
  /// What says more about the difference comes right below it: `details`, each `(label, text)`, or
  /// `findings`, lines that are already indented.
  func text(
    _ difference: String, details: [(String, String)] = [], findings: String = ""
  ) -> String {
    var lines = ["\(record.title): \(difference)"]
    if !findings.isEmpty { lines.append(findings) }
    for (label, text) in details { lines.append(Excerpt.row(label, text)) }
    if let thrown, !difference.contains(thrown) { lines.append(Excerpt.row("threw", thrown)) }
    if let problem { lines.append(Excerpt.row("problem", problem)) }
    lines.append(Excerpt.row("request", requestLine))
    lines += fields(record.request.headerFields)
    if record.sent.count > 0 {
      lines.append(Excerpt.row("", body(record.sent.head, of: record.sent.count, nil)))
    }
    if let use = record.connection { lines.append(Excerpt.row("over", "connection \(use)")) }
    if let response = record.response {
      for early in record.informational.prefix(3) {
        lines.append(Excerpt.row("early", statusLine(early)))
      }
      lines.append(Excerpt.row("response", statusLine(response)))
      lines += fields(response.headerFields)
      let type = response.headerFields[.contentType] ?? "no media type"
      lines.append(Excerpt.row("body", body(record.body, of: record.bodyCount, type)))
      if !record.trailers.isEmpty {
        lines.append(Excerpt.row("trailers", "\(record.trailers.count)"))
        lines += fields(record.trailers)
      }
    }
    lines.append(Excerpt.row("repeat", CurlLine(record: record, sent: sent).text))
    return lines.joined(separator: "\n")
  }

  /// The exchange in full, for the evidence.
  var evidence: [Evidence] {
    var evidence = [Evidence(name: "exchange.txt", text: transcript)]
    if CurlLine(record: record, sent: sent).needsBodyFile {
      evidence.append(Evidence(name: CurlLine.bodyFile, bytes: sent.all))
    }
    if let service = record.service, service.isLive {
      evidence += service.curl.files.sorted { $0.key < $1.key }
        .map { Evidence(name: $0.key, text: $0.value) }
    }
    return evidence
  }

  private var requestLine: String {
    let target = (record.address ?? "") + (record.request.path ?? "")
    return "\(record.request.method.rawValue) \(Excerpt.line(target, limit: 400))"
  }

  private func statusLine(_ response: HTTPResponse) -> String {
    let reason = response.status.reasonPhrase
    return reason.isEmpty ? "\(response.status.code)" : "\(response.status.code) \(reason)"
  }

  /// What the service threw, where a framework answered in its place.
  private var thrown: String? {
    record.serviceError.map { Excerpt.line("\($0)".withSecretsMasked, limit: Self.bodyLimit) }
  }

  private var problem: String? {
    guard let type = record.response?.headerFields[.contentType],
      MediaType(type).essence == "application/problem+json",
      case .object(let object)? = try? JSONValue(parsing: record.body)
    else { return nil }
    let problem = Problem(object)
    let title = problem.title.map { "\"\(Excerpt.line($0, limit: Self.valueLimit))\" " } ?? ""
    return "\(title)(\(Excerpt.line(problem.type, limit: Self.valueLimit)))"
  }

  private func body(_ bytes: [UInt8], of count: Int, _ type: String?) -> String {
    let size = [type, byteCount(count)].compactMap(\.self).joined(separator: ", ")
    guard !bytes.isEmpty else { return size }
    return "\(size): \(Excerpt.body(bytes, of: count, limit: Self.bodyLimit))"
  }

  private func fields(_ fields: HTTPFields) -> [String] {
    var lines = fields.prefix(Self.fieldLimit).map { field in
      let value = Excerpt.line(SecretMask.value(of: field), limit: Self.valueLimit)
      return Excerpt.row("", "\(field.name.rawName): \(value)")
    }
    if fields.count > Self.fieldLimit {
      lines.append(Excerpt.row("", "… (+\(fields.count - Self.fieldLimit) fields)"))
    }
    return lines
  }

  private var transcript: String {
    var parts = ["\(requestLine)\n\(allFields(record.request.headerFields))"]
    parts.append(whole(record.sent.head, of: record.sent.count, masked: sent))
    if let response = record.response {
      parts.append("\(statusLine(response))\n\(allFields(response.headerFields))")
      parts.append(whole(record.body, of: record.bodyCount))
      parts.append(allFields(record.trailers))
    } else {
      parts.append("no response")
    }
    if let error = record.serviceError {
      parts.append("the service threw \("\(error)".withSecretsMasked)\n")
    }
    if let use = record.connection { parts.append("over connection \(use)\n") }
    parts.append("\(record.timings)\n\(CurlLine(record: record, sent: sent).text)\n")
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func allFields(_ fields: HTTPFields) -> String {
    fields.map { "\($0.name.rawName): \(SecretMask.value(of: $0))\n" }.joined()
  }

  private func whole(_ bytes: [UInt8], of count: Int, masked: MaskedBytes? = nil) -> String {
    guard count > 0 else { return "" }
    let kept = bytes.prefix(Self.evidenceLimit)
    guard let text = Excerpt.longestText(kept, isWhole: kept.count == count) else {
      return "\(byteCount(count)), \(Excerpt.body(bytes, of: count, limit: 16))\n"
    }
    let left = count - text.utf8.count
    let shown =
      masked.map { String(decoding: $0.first(text.utf8.count), as: UTF8.self) }
      ?? text.withSecretsMasked
    return shown + (left == 0 ? "\n" : "… (+\(left) bytes)\n")
  }
}
