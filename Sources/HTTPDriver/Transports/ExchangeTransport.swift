import HTTPTypes
import Waiters

/// Carries exchanges: the one seam between the driver and the ways to reach a service.
protocol ExchangeTransport: Sendable {
  /// What it can do beyond plain exchanges.
  var capabilities: HTTPTransport.Capabilities { get }
  /// The service; nil in process.
  var address: ServiceAddress? { get }

  /// Carries one exchange, until the response is complete or the deadline passes.
  ///
  /// It returns soon after the task is cancelled, with whatever has come by then.
  func exchange(_ plan: ExchangePlan) async -> ExchangeResult

  /// Asks to leave HTTP; the stream is there when the answer was 101.
  func upgrade(_ plan: ExchangePlan) async -> (result: ExchangeResult, stream: ByteStream?)
}

/// What a transport is asked to do.
struct ExchangePlan: Sendable {
  var request: HTTPRequest
  var body: HTTPBody
  var deadline: Deadline
  /// The greatest number of bytes of a response's body.
  var responseLimit: Int
}

/// What came of an exchange, complete or not.
struct ExchangeResult: Sendable {
  var ending: ExchangeEnding
  var response: HTTPResponse?
  var body: [UInt8] = []
  var sent = SentBody()
  var timings = HTTPTimings()
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

  var capabilities: HTTPTransport.Capabilities { [.sockets, .upgrades] }
  var address: ServiceAddress? { nil }

  func exchange(_ plan: ExchangePlan) async -> ExchangeResult {
    ExchangeResult(ending: .failed(.misuse, error.description))
  }

  func upgrade(_ plan: ExchangePlan) async -> (result: ExchangeResult, stream: ByteStream?) {
    (await exchange(plan), nil)
  }
}
