public import HTTPTypes
package import HarnessReporting

/// A request and its complete response.
///
/// Its assertions fail the test at the caller's line, with the whole exchange, and throw, so that a chain
/// ends at the first difference. Each gives the exchange back for the next one.
///
/// ```swift
/// try await http.get("/reports/7")
///   .expect(status: .ok)
///   .expectHeader("Cache-Control", "no-store")
///   .expectJSON("/title", equals: "Daily report")
/// ```
public struct HTTPExchange: Sendable {
  /// The request as it was sent.
  public let request: HTTPRequest
  /// Status and header fields of the response.
  public let response: HTTPResponse
  /// The responses that came before it, such as `100 Continue` and `103 Early Hints`, in order.
  public let informational: [HTTPResponse]
  /// The response's body; where the driver accepts a compression, without it.
  public let body: [UInt8]
  /// The response's body as it came, with the compression that ``body`` is freed from.
  public let encodedBody: [UInt8]
  /// The fields that came behind the body.
  ///
  /// Source: RFC 9110, section 6.5.
  public let trailers: HTTPFields
  /// How long each phase took.
  public let timings: HTTPTimings
  /// The exchanges whose redirects led here, the first one first; empty unless the driver follows redirects.
  public private(set) var redirects: [HTTPExchange] = []
  let record: ExchangeRecord
  let journal: ExchangeJournal
  /// Where differences are gathered instead of failing the test one by one.
  var gathering: GatheredDifferences?
  package let reporter: Reporter

  init(
    record: ExchangeRecord, response: HTTPResponse, encodedBody: [UInt8]? = nil, reporter: Reporter,
    journal: ExchangeJournal
  ) {
    request = record.request
    self.response = response
    self.journal = journal
    informational = record.informational
    body = record.body
    self.encodedBody = encodedBody ?? record.body
    trailers = record.trailers
    timings = record.timings
    self.record = record
    self.reporter = reporter
  }

  /// What the service threw, where its framework answered with a 500 in its place; nil where it threw nothing, and
  /// where the transport cannot hear of it.
  ///
  /// The transports of `HTTPDriverHummingbird` in process and in memory hear of it. Failures show it below what differed.
  public var serviceError: (any Error)? { record.serviceError }

  /// The response's status.
  public var status: HTTPResponse.Status { response.status }

  /// The response's body as text, in the charset that its media type names where that is one that ``content(fileID:filePath:line:column:)``
  /// reads and the bytes are a text in it; else what is not UTF-8 is replaced by U+FFFD.
  public var text: String {
    let type = response.headerFields[.contentType].map(MediaType.init)
    // JSON is UTF-8, whatever its type says (RFC 8259, section 8.1).
    guard let type, !type.isJSON, let text = try? type.text(of: body) else {
      return String(decoding: body, as: UTF8.self)
    }
    return text
  }

  /// Fails the test with what differed and the exchange, and gives the error to throw.
  package func failure(
    _ difference: String, details: [(String, String)] = [], findings: String = "",
    evidence: [Evidence] = [], at site: CallSite
  ) -> any Error {
    if let gathering {
      return gathering.add(
        Difference(text: difference, details: details, findings: findings, evidence: evidence))
    }
    let report = ExchangeReport(record: record)
    return reporter.error(
      recording: Failure(
        report.text(difference, details: details, findings: findings), at: site,
        evidence: evidence + report.evidence + journal.evidence))
  }

  func following(_ redirects: [HTTPExchange]) -> HTTPExchange {
    var exchange = self
    exchange.redirects = redirects
    return exchange
  }

  func error(_ code: HTTPExchangeError.Code, _ reason: String) -> HTTPExchangeError {
    HTTPExchangeError(code: code, reason: reason, record: record, journal: journal)
  }
}

extension HTTPExchange: CustomStringConvertible {
  /// The exchange as a failure shows it.
  public var description: String {
    ExchangeReport(record: record).text("status \(status.code)")
  }
}

/// How an exchange ended, for a caller who decides what that means.
///
/// There is no fourth way: what else may be told apart is a ``HTTPExchangeError/Code``, which can grow.
public enum HTTPOutcome: Sendable {
  /// The response is complete, whatever its status, or was a stream that the test left.
  case response(HTTPExchange)
  /// There is no complete response.
  case failed(HTTPExchangeError)
  /// The task was cancelled; the connection is closed.
  case cancelled
}
