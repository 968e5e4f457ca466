import Foundation
import HTTPTypes
import HarnessJSON
import HarnessReporting

/// Exchanges in the format that browsers and proxies read, with every secret masked.
///
/// Source: HTTP Archive 1.2 (HAR), which has -1 for a phase that did not apply where it may be left out, and 0 for one
/// that must be told and was not reached.
struct HTTPArchive {
  let entries: [JournalEntry]
  /// Exchanges that went before and were not kept.
  let omitted: Int

  init(entries: some Sequence<JournalEntry>, omitted: Int = 0) {
    self.entries = Array(entries)
    self.omitted = omitted
  }

  var value: JSONValue {
    var log = JSONObject(members: [
      "version": "1.2", "creator": ["name": "swift-test-harness", "version": "0"],
      "entries": .array(JSONArray(entries.map(entry))),
    ])
    if omitted > 0 {
      log["comment"] = .string("\(omitted) exchanges went before and were not kept")
    }
    return ["log": .object(log)]
  }

  private func entry(_ entry: JournalEntry) -> JSONValue {
    let record = entry.record
    // What passed in a phase that was not completed: `time` is the sum of the phases.
    let rest = max(.zero, record.elapsed - record.timings.total)
    let hasHead = record.timings.head != nil
    var value = JSONObject(members: [
      "startedDateTime": .string(dateTime(entry.startedAt)),
      "time": number(record.timings.total + rest),
      "request": request(record), "response": response(entry), "cache": [:],
      "timings": [
        "connect": number(record.timings.connect, without: -1),
        "send": number(record.timings.request),
        "wait": number((wait(record.timings) ?? .zero) + (hasHead ? .zero : rest)),
        "receive": number((record.timings.body ?? .zero) + (hasHead ? rest : .zero)),
      ],
    ])
    // The number of a kept connection is its identifier; where each exchange has its own, none is given.
    if let use = record.connection { value["connection"] = .string("\(use.number)") }
    let repetition = record.connection?.repeatedAfter.map {
      "sent again, as the server had closed connection \($0)"
    }
    let comments = [repetition, entry.failure].compactMap(\.self)
    if !comments.isEmpty {
      value["comment"] = .string(comments.joined(separator: "; ").withSecretsMasked)
    }
    return .object(value)
  }

  private func wait(_ timings: HTTPTimings) -> Duration? {
    timings.head.map { $0 - (timings.request ?? .zero) }
  }

  private func request(_ record: ExchangeRecord) -> JSONValue {
    let request = record.request
    let base = SecretMask.maskURLPasswords(record.service?.archiveOrigin ?? "http://in-process")
    var value = JSONObject(members: [
      "method": .string(request.method.rawValue),
      "url": .string(base + (request.path ?? "/").withSecretsMasked),
      "httpVersion": .string(record.httpVersion), "cookies": [],
      "headers": fields(request.headerFields),
      "queryString": [], "headersSize": -1, "bodySize": .number(JSONNumber(record.sent.count)),
    ])
    if record.sent.count > 0 {
      let body = text(record.sent.head, of: record.sent.count)
      var data = JSONObject(members: [
        "mimeType": .string(request.headerFields[.contentType] ?? ""), "text": .string(body.text),
      ])
      let remarks = [
        body.encoding.map { "the text is in \($0)" },
        body.isCut ? "only the beginning was kept" : nil,
      ].compactMap(\.self)
      // The format has no member for either of a request's body.
      if !remarks.isEmpty { data["comment"] = .string(remarks.joined(separator: "; ")) }
      value["postData"] = .object(data)
    }
    return .object(value)
  }

  private func response(_ entry: JournalEntry) -> JSONValue {
    let record = entry.record
    let fields = record.response?.headerFields ?? [:]
    var content = JSONObject(members: [
      "size": .number(JSONNumber(record.bodyCount)),
      "mimeType": .string(fields[.contentType] ?? ""),
    ])
    let body = text(record.body, of: record.bodyCount)
    content["text"] = .string(body.text)
    if let encoding = body.encoding { content["encoding"] = .string(encoding) }
    if body.isCut { content["comment"] = "only the beginning was kept" }
    return [
      // 0 stands for no response.
      "status": .number(JSONNumber(record.response?.status.code ?? 0)),
      "statusText": .string(record.response?.status.reasonPhrase ?? ""),
      "httpVersion": .string(record.httpVersion), "cookies": [], "headers": self.fields(fields),
      "content": .object(content),
      "redirectURL": .string((fields[.location] ?? "").withSecretsMasked), "headersSize": -1,
      "bodySize": .number(JSONNumber(record.bodyCount)),
    ]
  }

  private func fields(_ fields: HTTPFields) -> JSONValue {
    .array(
      JSONArray(
        fields.map { field in
          ["name": .string(field.name.rawName), "value": .string(SecretMask.value(of: field))]
        }))
  }

  private func text(
    _ bytes: [UInt8], of count: Int
  ) -> (text: String, encoding: String?, isCut: Bool) {
    let kept = bytes.prefix(ExchangeJournal.bodyLimit)
    if let text = Excerpt.longestText(kept, isWhole: kept.count == count) {
      return (text.withSecretsMasked, nil, kept.count < count)
    }
    return (Data(Array(kept).withSecretsMasked).base64EncodedString(), "base64", kept.count < count)
  }

  /// Milliseconds; `missing` for a phase that was not reached.
  private func number(_ duration: Duration?, without missing: JSONValue = 0) -> JSONValue {
    guard let duration else { return missing }
    let (seconds, attoseconds) = duration.components
    let micros = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    return JSONNumber(Double(micros) / 1_000).map { .number($0) } ?? -1
  }

  private func dateTime(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds)
      .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}

/// The time of day, in seconds since 1970.
func currentSeconds() -> Double { Date().timeIntervalSince1970 }

extension JSONObject {
  fileprivate init(members: KeyValuePairs<String, JSONValue>) {
    self.init(members.map { Member(name: $0.key, value: $0.value) })
  }
}
