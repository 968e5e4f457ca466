import HTTPDriver
import HarnessWebSocket

/// The opening handshake of a server: whether a request asks for a WebSocket as it should, and the answer.
///
/// Source: RFC 6455, sections 4.2.1 and 4.2.2.
struct WSServerHandshake: Sendable {
  private let key: WSHandshakeKey
  private let subprotocol: String?
  private let extensions: String?
  /// What is agreed on; nil without compression.
  let agreement: WSDeflate.Agreement?

  /// Looks at a request.
  init(
    _ request: HTTPRequest, subprotocols: [String], compression: WSDeflate?
  ) throws(WSRequestFault) {
    let fields = request.headerFields
    guard request.method == .get else { throw WSRequestFault("the method is not GET") }
    guard request.authority?.isEmpty == false else { throw WSRequestFault("there is no Host") }
    guard fields.listHas(.upgrade, "websocket") else {
      throw WSRequestFault(
        "there is no \"Upgrade: websocket\"", status: .upgradeRequired,
        headers: [.upgrade: "websocket", .connection: "Upgrade"])
    }
    guard fields.listHas(.connection, "upgrade") else {
      throw WSRequestFault("there is no \"Connection: Upgrade\"")
    }
    guard fields[values: .secWebSocketVersion] == ["13"] else {
      throw WSRequestFault(
        "Sec-WebSocket-Version is not 13", status: .upgradeRequired,
        headers: [
          .secWebSocketVersion: "13", .upgrade: "websocket", .connection: "Upgrade",
        ])
    }
    let keys = fields[values: .secWebSocketKey]
    guard keys.count == 1, let key = keys.first.map(WSHandshakeKey.init), key.isWellFormed else {
      throw WSRequestFault("Sec-WebSocket-Key is not the base64 of 16 bytes")
    }
    self.key = key
    let offered = (fields[.secWebSocketProtocol] ?? "").split(separator: ",")
      .map { String($0.filter { $0 != " " && $0 != "\t" }) }
    subprotocol = offered.first(where: subprotocols.contains)
    do {
      let accepted = try compression?.accept(offers: fields[.secWebSocketExtensions])
      (extensions, agreement) = (accepted?.answer, accepted?.agreement)
    } catch {
      throw WSRequestFault("\(error)")
    }
  }

  /// The 101 with fields of its own.
  func response(_ headers: HTTPFields) -> HTTPResponse {
    var fields: HTTPFields = [
      .upgrade: "websocket", .connection: "Upgrade", .secWebSocketAccept: key.answer,
    ]
    if let subprotocol { fields[.secWebSocketProtocol] = subprotocol }
    if let extensions { fields[.secWebSocketExtensions] = extensions }
    for name in Set(headers.map(\.name)) { fields[values: name] = headers[values: name] }
    return HTTPResponse(status: .switchingProtocols, headerFields: fields)
  }

  /// Reads the head of a request, its empty line included.
  static func parse(_ bytes: ArraySlice<UInt8>) throws(WSRequestFault) -> HTTPRequest {
    guard let text = String(validating: bytes.dropLast(4), as: UTF8.self) else {
      throw WSRequestFault("the head is not UTF-8")
    }
    var lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)[...]
    let words = (lines.popFirst() ?? "").split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, words[2] == "HTTP/1.1", words[1].hasPrefix("/"),
      let method = HTTPRequest.Method(String(words[0]))
    else { throw WSRequestFault("the request line is not \"GET /… HTTP/1.1\"") }
    var request = HTTPRequest(
      method: method, scheme: "http", authority: nil, path: String(words[1]))
    for line in lines {
      guard let colon = line.firstIndex(of: ":"), let name = HTTPField.Name(String(line[..<colon]))
      else { throw WSRequestFault("a line of the head is no field") }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      if name.canonicalName == "host" {
        guard request.authority == nil else { throw WSRequestFault("there are two Host fields") }
        request.authority = String(value)
      } else {
        request.headerFields.append(HTTPField(name: name, value: String(value)))
      }
    }
    return request
  }

  /// A response as HTTP/1.1 writes it.
  static func bytes(of response: HTTPResponse, body: [UInt8]) -> [UInt8] {
    var text = "HTTP/1.1 \(response.status.code) \(response.status.reasonPhrase)\r\n"
    for field in response.headerFields { text += "\(field.name.rawName): \(field.value)\r\n" }
    return Array((text + "\r\n").utf8) + body
  }
}

/// Why a request opens no WebSocket, and the answer to it.
struct WSRequestFault: Error, Sendable {
  let reason: String
  let status: HTTPResponse.Status
  let headers: HTTPFields

  init(_ reason: String, status: HTTPResponse.Status = .badRequest, headers: HTTPFields = [:]) {
    self.reason = reason
    self.status = status
    self.headers = headers
  }
}
