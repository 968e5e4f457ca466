package import HarnessReporting

/// Drives an HTTP service: sends requests and hands back whole exchanges, over the network or in process.
///
/// ```swift
/// let http = HTTPDriver("http://127.0.0.1:8080")
/// try await http.post("/orders", .json(["symbol": "BMFI"])).expect(status: .created)
/// ```
///
/// Make it in the test's body, so that its failures are shown under the test. An exchange without a
/// complete response fails the test at its line, with what there is of it. Each exchange has a deadline:
/// `within:`, or that of the `withDeadline` scope, or 10 seconds.
///
/// What all requests have in common is said once, and gives another driver over the same transport:
///
/// ```swift
/// let http = HTTPDriver(address).authorized(.bearer(token)).keepingCookies().following(redirects: 5)
/// ```
public struct HTTPDriver: Sendable {
  package let reporter: Reporter
  let transport: HTTPTransport
  var settings: HTTPSettings
  let journal = ExchangeJournal()

  /// Drives a service through a transport.
  ///
  /// - Parameters:
  ///   - transport: How to reach the service, such as `.handler { request, body in … }`.
  ///   - responseLimit: The greatest number of bytes to take of a response's body; 16 MiB unless said
  ///     otherwise. A longer one fails the exchange.
  ///   - observer: Is called with each exchange that has a complete response, before the test sees it, on
  ///     the task that asked for it; ``observing(_:)`` also tells of those that failed.
  public init(
    _ transport: HTTPTransport, responseLimit: Int = 16 << 20,
    observer: (@Sendable (HTTPExchange) -> Void)? = nil
  ) {
    reporter = Reporter()
    self.transport = transport
    settings = HTTPSettings(responseLimit: responseLimit)
    if let observer {
      settings.observers = [
        { outcome in if case .response(let exchange) = outcome { observer(exchange) } }
      ]
    }
  }

  /// Drives a service that listens at an address such as `http://127.0.0.1:8080`.
  ///
  /// - Parameters:
  ///   - address: The address, as for ``HTTPTransport/address(_:)``.
  ///   - responseLimit: The greatest number of bytes to take of a response's body.
  ///   - observer: Is called with each exchange that has a complete response.
  public init(
    _ address: String, responseLimit: Int = 16 << 20,
    observer: (@Sendable (HTTPExchange) -> Void)? = nil
  ) {
    self.init(.address(address), responseLimit: responseLimit, observer: observer)
  }

  /// What the transport can do beyond plain exchanges.
  public var capabilities: HTTPTransport.Capabilities { transport.capabilities }
}

extension HTTPDriver: CustomStringConvertible, CustomReflectable {
  /// What it drives, such as `HTTPDriver(http://127.0.0.1:8080)`; no credentials, fields or cookies.
  public var description: String { "HTTPDriver(\(transport))" }

  /// The transport alone: the settings have credentials and cookies.
  public var customMirror: Mirror { Mirror(self, children: ["transport": transport]) }
}
