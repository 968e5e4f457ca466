import HTTPTypes
import Waiters

/// Carries exchanges: the one seam between the driver and the ways to reach a service.
///
/// A transport tells the run what happens, and does at the run's end what must be done; what that means is
/// decided by the run's assembly, which is the same for all of them.
protocol ExchangeTransport: Sendable {
  /// What it can do beyond plain exchanges.
  var capabilities: HTTPTransport.Capabilities { get }
  /// The service; nil in process.
  var address: ServiceAddress? { get }

  /// Begins one exchange; everything that comes of it is told to the run.
  func start(_ run: ExchangeRun) -> any ExchangeConnection
}

/// What carries one exchange.
protocol ExchangeConnection: Sendable {
  /// Waits until nothing of the exchange is left, after it has ended.
  func closed() async
  /// The stream of bytes behind a 101, which is then the caller's to close; nil where there is none.
  func takeStream() -> ByteStream?
}

/// What a transport is asked to do.
struct ExchangePlan: Sendable {
  /// What is sent.
  enum Kind: Sendable {
    /// A request, as HTTP writes it.
    case request
    /// A request that asks to leave HTTP.
    case upgrade
    /// These bytes, one write for each piece, whatever they mean.
    case raw([[UInt8]])
  }

  var kind = Kind.request
  var request: HTTPRequest
  var body: HTTPBody
  var deadline: Deadline
  /// The greatest number of bytes of a response's body; nil where it is handed on as it comes.
  var responseLimit: Int?
  /// Whether the beginning of what is sent is kept, for reports.
  var keepsSent = true
  /// How `curl` or another command repeats it.
  var repetition: CurlBody
  /// Where the client is to go away, for tests of what the service makes of that.
  var cancellation: HTTPCancellationPoint?

  init(request: HTTPRequest, body: HTTPBody, deadline: Deadline, responseLimit: Int?) {
    self.request = request
    self.body = body
    self.deadline = deadline
    self.responseLimit = responseLimit
    repetition = body.repetition
  }

  /// Whether the body waits for the service's 100.
  ///
  /// Source: RFC 9110, section 10.1.1.
  var expectsContinue: Bool {
    guard case .request = kind, body.length != 0 else { return false }
    return request.headerFields[.expect]?.lowercased() == "100-continue"
  }
}

/// What came of an exchange, complete or not.
struct ExchangeResult: Sendable {
  var ending: ExchangeEnding
  var response: HTTPResponse?
  var informational: [HTTPResponse] = []
  var body: [UInt8] = []
  /// The bytes of the body that came; more than are kept, where it was handed on.
  var bodyCount = 0
  var trailers = HTTPFields()
  var sent = SentBody()
  var timings = HTTPTimings()
  /// From the start until the end, whatever phases were completed.
  var elapsed = Duration.zero
  /// What the service threw, where it runs in this process.
  var serviceError: (any Error)?
  /// Which connection of a pool carried it.
  var connection: HTTPConnectionUse?
}

/// How an exchange ended.
enum ExchangeEnding: Sendable {
  case complete
  case failed(HTTPExchangeError.Code, String)
  case cancelled
}

/// Stands for an address that cannot be used.
struct UnusableTransport: ExchangeTransport {
  let error: ServiceAddressError

  /// All of them: a test that is skipped without one would pass over the address in silence.
  var capabilities: HTTPTransport.Capabilities {
    HTTPTransport.Capabilities(HTTPTransport.Capabilities.named.map(\.capability))
  }
  var address: ServiceAddress? { nil }

  func start(_ run: ExchangeRun) -> any ExchangeConnection {
    run.update { $0.end(.failed(.misuse, error.description)) }
    return NoConnection()
  }
}

/// Carries an exchange that needs no connection.
struct NoConnection: ExchangeConnection {
  func closed() async {}
  func takeStream() -> ByteStream? { nil }
}
