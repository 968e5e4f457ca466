public import HTTPTypes

/// A service in one function: takes the request and its body, gives the response.
public typealias HTTPHandler = @Sendable (HTTPRequest, HTTPBody) async throws -> HTTPReply

/// What a handler answers.
public struct HTTPReply: Sendable {
  /// Status and header fields.
  public var head: HTTPResponse
  /// The body, sent piece by piece as it comes, and the trailers behind it.
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
}
