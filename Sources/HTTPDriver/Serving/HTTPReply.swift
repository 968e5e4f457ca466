public import HTTPTypes

/// A service in one function: takes the request and its body, gives the response.
public typealias HTTPHandler = @Sendable (HTTPRequest, HTTPBody) async throws -> HTTPReply

/// What a handler answers.
public struct HTTPReply: Sendable {
  /// Status and header fields.
  public var head: HTTPResponse
  /// The body, sent piece by piece as it comes, and the trailers behind it.
  ///
  /// An answer to HEAD, a 204, a 205 and a 304 have none: what is here is not sent (RFC 9110, section 6.4.1).
  public var body: HTTPBody
  /// Responses that come before this one, such as `103 Early Hints`; each has a 1xx status other than 101.
  public var informational: [HTTPResponse] = []

  /// Makes an answer.
  ///
  /// - Parameters:
  ///   - status: The status.
  ///   - body: The body. Its media type becomes `Content-Type`, unless `headers` has one.
  ///   - headers: The header fields.
  public init(
    _ status: HTTPResponse.Status = .ok, _ body: HTTPBody = .empty, headers: HTTPFields = [:]
  ) {
    head = HTTPResponse(status: status, headerFields: headers)
    if let type = body.contentType, headers[.contentType] == nil {
      head.headerFields[.contentType] = type
    }
    if let coding = body.coding, headers[.contentEncoding] == nil {
      head.headerFields[.contentEncoding] = coding.rawValue
    }
    self.body = body
  }

  /// The same, if HTTP has room for it.
  ///
  /// Source: RFC 9110, section 15.2.
  func checked() throws(HTTPReplyFault) -> HTTPReply {
    if let head = informational.first(where: {
      $0.status.kind != .informational || $0.status.code == 101
    }) {
      throw .informational(head.status.code)
    }
    guard (200...999).contains(head.status.code) else { throw .final(head.status.code) }
    return self
  }
}

/// Why a handler's reply is no answer.
enum HTTPReplyFault: Error, Equatable, CustomStringConvertible {
  case informational(Int)
  case final(Int)
  /// A length that is no number.
  case contentLength(String)
  /// A length, and the bytes that were there, or as many of them as had come when there were too many.
  case length(Int, Int)
  case transferEncoding(String)

  var description: String {
    switch self {
    case .informational(let code):
      "an HTTPReply with \(code) among its informational responses; each has a 1xx status other than 101"
    case .final(let code):
      "an HTTPReply with the status \(code), which is not final; put 1xx among its informational responses"
    case .contentLength(let text):
      "an HTTPReply with the Content-Length \"\(Excerpt.line(text, limit: 100))\", which is no number"
    case .length(let said, let count):
      """
      an HTTPReply whose Content-Length says \(said) and whose body has \
      \(count > said ? "more, \(byteCount(count)) so far" : byteCount(count))
      """
    case .transferEncoding(let text):
      """
      an HTTPReply with the Transfer-Encoding "\(Excerpt.line(text, limit: 100))"; only "chunked" is written, and \
      needs no field
      """
    }
  }
}
