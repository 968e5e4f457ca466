import HTTPTypes
import Waiters

extension HTTPDriver {
  /// Makes what a transport is asked to do of what a test asks for.
  func makePlan(
    _ method: HTTPRequest.Method, _ path: String, _ body: HTTPBody, headers: HTTPFields,
    within duration: Duration? = nil, by deadline: Deadline? = nil,
    isWholePath: Bool = false
  ) -> Result<ExchangePlan, HTTPExchangeError> {
    let address = transport.engine.address
    var request = HTTPRequest(
      method: method, scheme: address?.scheme, authority: address?.authority,
      path: (isWholePath ? "" : address?.prefix ?? "") + path, headerFields: headers)
    if let field = address?.basicAuthorization, headers[.authorization] == nil,
      settings.headers[.authorization] == nil
    {
      request.headerFields[.authorization] = field
    }
    for field in settings.headers where headers[field.name] == nil {
      request.headerFields.append(field)
    }
    if let type = body.contentType, request.headerFields[.contentType] == nil {
      request.headerFields[.contentType] = type
    }
    if let coding = body.coding, request.headerFields[.contentEncoding] == nil {
      request.headerFields[.contentEncoding] = coding.rawValue
    }
    if !settings.codings.isEmpty, headers[.acceptEncoding] == nil {
      request.headerFields[.acceptEncoding] =
        settings.codings.map(\.rawValue).joined(separator: ", ")
    }
    if let jar = settings.cookies, headers[.cookie] == nil,
      let value = jar.value(for: address, path: request.path ?? "/")
    {
      request.headerFields[.cookie] = value
    }
    let isFramedByTest = request.headerFields[.contentLength] != nil
    frame(&request, body)
    var plan = ExchangePlan(
      request: request, body: isFramedByTest ? body : body.heldToLength(),
      deadline: deadline ?? .effective(within: duration),
      responseLimit: settings.responseLimit)
    plan.keepsSent = settings.capture.keepsExchanges
    if let problem = Self.problem(ofPath: path) {
      return .failure(
        HTTPExchangeError(
          code: .misuse, reason: problem, record: makeRecord(plan), journal: journal))
    }
    return .success(plan)
  }

  /// Says how the body is framed, unless the test does it.
  ///
  /// Source: RFC 9110, section 8.6, and RFC 9112, section 6.1.
  private func frame(_ request: inout HTTPRequest, _ body: HTTPBody) {
    guard request.headerFields[.contentLength] == nil,
      request.headerFields[.transferEncoding] == nil
    else { return }
    switch body.length {
    case nil:
      // Nothing is framed in process, and HTTP/2 frames everything.
      if capabilities.contains(.framing) { request.headerFields[.transferEncoding] = "chunked" }
    case 0 where ![.post, .put, .patch].contains(request.method): break
    case let length?: request.headerFields[.contentLength] = String(length)
    }
  }

  private static func problem(ofPath path: String) -> String? {
    guard path.utf8.first == UInt8(ascii: "/") else {
      return "not sent: a path begins with \"/\""
    }
    guard path.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      return "not sent: a path holds printable ASCII without spaces; percent-encode the rest"
    }
    guard !path.utf8.contains(UInt8(ascii: "#")) else {
      return "not sent: a request carries no fragment (RFC 9112, section 3.2); write # as %23"
    }
    return nil
  }
}
