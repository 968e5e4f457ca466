package import NIOCore

/// A handler as the end of a connection that another module has made.
package struct HandlerService: Sendable {
  private let handler: HTTPHandler
  private let scheme: String

  /// Makes a service of a handler; `scheme` is that of the requests.
  package init(_ handler: @escaping HTTPHandler, scheme: String) {
    self.handler = handler
    self.scheme = scheme
  }

  /// Serves HTTP/1.1 on a channel that carries bytes; to be called on its event loop.
  package func serve(bytesOf channel: any Channel, watch: ServiceWatch) throws {
    try HandlerConnection.furnish(channel, handler: handler, scheme: scheme, watch: watch)
  }

  /// Serves one request on a channel that carries NIO's parts of messages; to be called on its event loop.
  package func serve(partsOf channel: any Channel, watch: ServiceWatch) throws {
    try channel.pipeline.syncOperations.addHandler(
      HandlerConnection(handler: handler, scheme: scheme, watch: watch))
  }
}
