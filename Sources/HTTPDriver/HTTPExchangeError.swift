import HTTPTypes

/// Why an exchange has no complete response.
public struct HTTPExchangeError: Error, Sendable {
  /// The kinds of reasons; more may be added, so a `switch` over them needs a `default`.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// The code's name, such as `timedOut`.
    public let description: String

    /// The deadline passed first.
    public static let timedOut = Code(description: "timedOut")
    /// Nobody listens at the address.
    public static let connectionRefused = Code(description: "connectionRefused")
    /// The connection could not be made, or broke in a way that has no code of its own.
    public static let connectionFailed = Code(description: "connectionFailed")
    /// The server closed the connection before the response's head was complete.
    public static let connectionClosed = Code(description: "connectionClosed")
    /// The server reset the connection.
    public static let connectionReset = Code(description: "connectionReset")
    /// TLS could not be agreed on, or what came is no TLS.
    public static let tlsFailed = Code(description: "tlsFailed")
    /// The server reset the exchange's stream, and the connection may go on (HTTP/2).
    public static let streamReset = Code(description: "streamReset")
    /// The connection ended within the response's body.
    public static let responseCutOff = Code(description: "responseCutOff")
    /// What came is not HTTP.
    public static let malformedResponse = Code(description: "malformedResponse")
    /// The response's body is longer than the driver takes.
    public static let responseTooLarge = Code(description: "responseTooLarge")
    /// The request's body could not be made: a file that cannot be read, a sequence that threw.
    public static let requestBodyFailed = Code(description: "requestBodyFailed")
    /// The compression of the response's body cannot be undone.
    public static let contentCodingFailed = Code(description: "contentCodingFailed")
    /// A redirect leads where the driver was not told to follow.
    public static let redirectRefused = Code(description: "redirectRefused")
    /// The handler threw, in process.
    public static let handlerFailed = Code(description: "handlerFailed")
    /// The test asked for something impossible, such as an address without a host.
    public static let misuse = Code(description: "misuse")
  }

  /// What kind of reason it is.
  public let code: Code
  /// The reason in one line, without the exchange.
  public let reason: String
  let record: ExchangeRecord
  let journal: ExchangeJournal

  /// The response's head, where it came before the exchange failed.
  public var response: HTTPResponse? { record.response }
  /// What came of the response's body.
  public var body: [UInt8] { record.body }
  /// What the service threw; nil where it threw nothing, and where the transport cannot hear of it.
  public var serviceError: (any Error)? { record.serviceError }
  /// How long the phases took that were completed.
  public var timings: HTTPTimings { record.timings }
}

extension HTTPExchangeError: CustomStringConvertible {
  /// The text that a failure shows: the reason, then the exchange as far as it came.
  public var description: String { ExchangeReport(record: record).text(reason) }
}
