import NIOCore
import NIOHTTP1
import NIOPosix

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An error that says in our words what went wrong with a connection.
package protocol DescribedFault: Error {
  /// What kind of reason it is.
  var code: HTTPExchangeError.Code { get }
  /// The reason in one line.
  var reason: String { get }
}

/// Says in our words what NIO reports of a connection.
enum ConnectionFault {
  /// Why a connection could not be made.
  static func ofConnecting(
    _ error: any Error, _ place: String
  ) -> (HTTPExchangeError.Code, String) {
    if let fault = error as? any DescribedFault { return (fault.code, fault.reason) }
    guard let failure = error as? NIOConnectionError else { return classify(error, place) }
    if let first = failure.connectionErrors.first { return classify(first.error, place) }
    return (.connectionFailed, "\(failure.host) has no address")
  }

  private static func classify(
    _ error: any Error, _ place: String
  ) -> (HTTPExchangeError.Code, String) {
    guard let error = error as? IOError else {
      return (.connectionFailed, "no connection to \(place): \(error)")
    }
    switch error.errnoCode {
    case ECONNREFUSED: return (.connectionRefused, "\(place) refused the connection")
    // The file of a Unix socket.
    case ENOENT: return (.connectionRefused, "\(place) does not exist")
    default: break
    }
    return (.connectionFailed, "no connection to \(place): \(text(of: error))")
  }

  /// What went wrong with a connection that stood.
  static func ofConnection(_ error: any Error) -> (HTTPExchangeError.Code, String) {
    switch error {
    case let fault as any DescribedFault: (fault.code, fault.reason)
    case let error as IOError where error.errnoCode == ECONNRESET:
      (.connectionReset, "the server reset the connection")
    case let error as IOError: (.connectionFailed, text(of: error))
    case HTTPParserError.invalidEOFState: (.responseCutOff, "the server closed the connection")
    case let error as HTTPParserError:
      (.malformedResponse, "what came is not HTTP/1.1 (\(error.debugDescription))")
    default: (.connectionFailed, "\(error)")
    }
  }

  private static func text(of error: IOError) -> String {
    unsafe String(cString: strerror(error.errnoCode))
  }
}
