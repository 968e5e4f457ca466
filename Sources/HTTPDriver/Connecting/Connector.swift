package import NIOCore

/// Makes the connections of a transport: streams of bytes in both directions, over whatever carries them.
///
/// TLS is a connector around another one, which hands a connection on once its handshake is over. HTTP/1.1,
/// upgrades and raw bytes need no more than this.
package protocol Connector: Sendable {
  /// Where it leads, as failures say it: `127.0.0.1:8080`.
  var place: String { get }

  /// Makes one connection.
  ///
  /// - Parameters:
  ///   - watch: Hears of a service that runs in this process.
  ///   - opened: Is called with each channel that is tried, so that it can be closed; more than one where a host
  ///     has several addresses.
  ///   - connected: Is called once, on the channel's event loop, before the channel reads.
  func connect(
    watch: ServiceWatch, opened: @escaping @Sendable (any Channel) -> Void,
    connected: @escaping @Sendable (Result<any Channel, any Error>) -> Void)
}

/// What is heard of a service that runs in this process; nothing comes of one behind a network.
package struct ServiceWatch: Sendable {
  /// The handler threw, and there is no answer, where a server would give a 500.
  package var failed: @Sendable (any Error) -> Void = { _ in }
  /// The service threw, and its framework answers in its place.
  package var threw: @Sendable (any Error) -> Void = { _ in }
  /// The handler's task was cancelled, as its client was gone.
  package var cancelled: @Sendable () -> Void = {}
  /// The service has answered to the end, and has nothing left that could be cancelled.
  package var finished: @Sendable () -> Void = {}
  /// The connection stands and waits for something before it can carry bytes, such as `the TLS handshake`.
  package var negotiates: @Sendable (_ step: String) -> Void = { _ in }
  /// Gives the watch of the request that has just come; nil where the connection carries one alone.
  var ofRequest: (@Sendable () -> ServiceWatch)?

  /// The watch of the request that has just come on the connection: what its handler does later is told of it, and not of
  /// the exchange that the connection then carries.
  package var forRequest: ServiceWatch { ofRequest?() ?? self }

  /// Makes a watch that does nothing.
  package init() {}
}
