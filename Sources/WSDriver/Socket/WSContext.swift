import HTTPDriver
import HarnessReporting
import HarnessWebSocket

/// What one side knows of its WebSocket from the handshake.
struct WSContext: Sendable {
  let role: WSRole
  let request: HTTPRequest
  let response: HTTPResponse
  /// The exchange that a driver made; nil at the server's side.
  let exchange: HTTPExchange?
  let reporter: Reporter
  /// What was agreed on; nil without compression.
  let deflate: WSDeflate.Agreement?

  /// What failures call it.
  var title: String {
    let path = Excerpt.line(request.path ?? "/", limit: 200)
    return role == .client ? "WebSocket \(path)" : "WebSocket \(path), server's side"
  }
}
