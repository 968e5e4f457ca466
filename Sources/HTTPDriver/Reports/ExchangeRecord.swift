import HTTPTypes

/// Everything that is known of one exchange, complete or not: what reports are made of.
struct ExchangeRecord: Sendable {
  /// The request as it was sent.
  var request: HTTPRequest
  /// The service; nil in process.
  var service: ServiceAddress?
  /// How `curl` would send the body.
  var repetition: CurlBody = .none
  /// What was sent of the request's body.
  var sent = SentBody()
  /// The length of the request's body, where it was known beforehand.
  var bodyLength: Int?
  /// Whether fields followed the request's body.
  var hasTrailers = false
  /// The head of the response, as soon as there is one.
  var response: HTTPResponse?
  /// The responses before it, such as `103 Early Hints`.
  var informational: [HTTPResponse] = []
  /// What came of the response's body; its beginning, where it was handed on.
  var body: [UInt8] = []
  /// The bytes of the body that came.
  var bodyCount = 0
  /// The fields behind the response's body.
  var trailers = HTTPFields()
  /// Whether it was a stream that the test left before its end.
  var isLeft = false
  /// How long each phase took.
  var timings = HTTPTimings()
  /// From the start until the end, whatever phases were completed.
  var elapsed = Duration.zero
  /// What was spoken, as archives name it.
  var httpVersion = "HTTP/1.1"
  /// What the service threw, where it runs in this process.
  var serviceError: (any Error)?
  /// Which connection of a pool carried it; nil where it had one of its own.
  var connection: HTTPConnectionUse?

  /// The address of the service, as reports show it; nil where a live one has another.
  var address: String? { service?.isLive == true ? service?.origin : nil }

  /// The request in a few words, such as `GET /orders/7`.
  var title: String {
    "\(request.method.rawValue) \(Excerpt.line(request.path ?? "", limit: 200))"
  }
}

/// What was sent of a request's body: its head is kept, its bytes are counted.
package struct SentBody: Sendable {
  /// Bytes kept for reports; a longer body is sent whole and kept in part.
  static let limit = 1 << 20

  private let limit: Int
  private(set) var head: [UInt8] = []
  /// The number of bytes handed over so far.
  private(set) var count = 0

  /// Keeps so many bytes of it.
  init(limit: Int = SentBody.limit) {
    self.limit = limit
  }

  /// Whether `head` is all there was.
  var isComplete: Bool { head.count == count }

  /// Keeps no more than so many bytes of it; they are counted all the same.
  mutating func keepHead(_ limit: Int) {
    if head.count > limit { head = Array(head.prefix(limit)) }
  }

  mutating func append(_ piece: [UInt8]) {
    if head.count < limit { head += piece.prefix(limit - head.count) }
    count += piece.count
  }
}
