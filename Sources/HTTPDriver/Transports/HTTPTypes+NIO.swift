import HTTPTypes
import NIOHTTP1

extension HTTPRequestHead {
  /// The request line and fields as HTTP/1.1 writes them.
  init(_ request: HTTPRequest) {
    var headers = HTTPHeaders()
    headers.reserveCapacity(request.headerFields.count + 1)
    let names = request.headerFields.lazy.map(\.name.canonicalName)
    if let authority = request.authority, !names.contains("host") {
      headers.add(name: "Host", value: authority)
    }
    for field in request.headerFields {
      headers.add(name: field.name.rawName, value: field.value)
    }
    self.init(
      version: .http1_1, method: HTTPMethod(rawValue: request.method.rawValue),
      uri: request.path ?? "/", headers: headers)
  }
}

extension HTTPHeaders {
  /// The fields as HTTP/1.1 writes them.
  init(_ fields: HTTPFields) {
    self.init(fields.map { ($0.name.rawName, $0.value) })
  }
}

extension HTTPFields {
  /// The fields as they came; nil where a name is no token.
  init?(_ headers: HTTPHeaders) {
    self.init()
    for (name, value) in headers {
      guard let name = HTTPField.Name(name) else { return nil }
      append(HTTPField(name: name, value: value))
    }
  }
}

extension HTTPResponse {
  /// The head as it came; nil where a field's name is no token, or the status has not three digits.
  init?(_ head: HTTPResponseHead) {
    guard let fields = HTTPFields(head.headers), head.status.code <= 999 else { return nil }
    self.init(
      status: Status(code: Int(head.status.code), reasonPhrase: head.status.reasonPhrase),
      headerFields: fields)
  }
}

extension HTTPResponseHead {
  /// The status line and fields as HTTP/1.1 writes them.
  init(_ response: HTTPResponse) {
    self.init(
      version: .http1_1,
      status: HTTPResponseStatus(
        statusCode: response.status.code, reasonPhrase: response.status.reasonPhrase),
      headers: HTTPHeaders(response.headerFields))
  }
}
