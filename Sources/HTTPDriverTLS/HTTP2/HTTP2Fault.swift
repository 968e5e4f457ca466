#if TLS
  import Foundation
  import HTTPDriver
  import NIOCore
  import NIOHTTP2

  /// What went wrong with HTTP/2, in our words.
  struct HTTP2Fault: DescribedFault, Hashable {
    let code: HTTPExchangeError.Code
    let reason: String

    /// The server ended the stream.
    ///
    /// Source: RFC 9113, section 6.4.
    init(reset error: NIOHTTP2::HTTP2ErrorCode) {
      code = .streamReset
      reason = "the server reset the stream: \(Self.name(of: error))"
    }

    /// The server ended the connection; `debug` is what it said of it.
    ///
    /// Source: RFC 9113, section 6.8.
    init(goAway error: NIOHTTP2::HTTP2ErrorCode, debug: ByteBuffer?) {
      code = .connectionClosed
      let said = debug.map { Excerpt.body(Array($0.readableBytesView), limit: 200) } ?? ""
      reason =
        "the server ended the connection: GOAWAY \(Self.name(of: error))"
        + (said.isEmpty ? "" : " \"\(said)\"")
    }

    /// What came breaks a rule of HTTP/2, or is none.
    init(malformed error: any Error) {
      code = .malformedResponse
      reason =
        Self.limit(of: error).map { "the server sends more than is taken in (\($0))" }
        ?? "what came is not HTTP/2 (\(Self.text(of: error)))"
    }

    /// What came breaks this rule of HTTP/2.
    init(malformed reason: String) {
      code = .malformedResponse
      self.reason = "what came is not HTTP/2 (\(reason))"
    }

    /// What the test asked for cannot be sent; nil for an error of another kind.
    ///
    /// Source: RFC 9113, sections 8.1.1, 8.2 and 8.3.
    init?(unsendable error: any Error) {
      switch error {
      case is NIOHTTP2Errors.ContentLengthViolated, is NIOHTTP2Errors.ContentLengthHeadersMismatch,
        is NIOHTTP2Errors.ContentLengthHeaderNegative,
        is NIOHTTP2Errors.ContentLengthHeaderMalformedValue,
        is NIOHTTP2Errors.ForbiddenHeaderField, is NIOHTTP2Errors.InvalidHTTP2HeaderFieldName,
        is NIOHTTP2Errors.InvalidHTTP2HeaderFieldValue, is NIOHTTP2Errors.InvalidPseudoHeaders,
        is NIOHTTP2Errors.InvalidPseudoHeaderValue, is NIOHTTP2Errors.DuplicatePseudoHeader,
        is NIOHTTP2Errors.UnknownPseudoHeader, is NIOHTTP2Errors.PseudoHeaderAfterRegularHeader,
        is NIOHTTP2Errors.EmptyPathHeader, is NIOHTTP2Errors.MissingHostHeader,
        is NIOHTTP2Errors.DuplicateHostHeader:
        code = .misuse
        reason = "the request cannot be sent over HTTP/2 (\(Self.text(of: error)))"
      default: return nil
      }
    }

    /// The request, or a part of it, could not be sent.
    init(unsent error: any Error) {
      code = .connectionFailed
      reason = "the request could not be sent over HTTP/2 (\(Self.text(of: error)))"
    }

    /// Whether an error that the connection hears cannot be that of one stream: it comes from below HTTP/2, or is a limit
    /// beyond which NIO ends the connection.
    static func endsConnection(_ error: any Error) -> Bool {
      !(error is any NIOHTTP2Error) || limit(of: error) != nil
    }

    /// The limit of swift-nio-http2 that a flood has reached, by the name of its error; nil for another error.
    private static func limit(of error: any Error) -> String? {
      let error = (error as? NIOHTTP2Errors.StreamError)?.baseError ?? error
      let name = String(describing: type(of: error))
      return name.hasPrefix("Excessive") ? name : nil
    }

    private static func text(of error: any Error) -> String {
      var error = error
      if let stream = error as? NIOHTTP2Errors.StreamError { error = stream.baseError }
      let text = "\(error)"
      // NIO's errors end with the place in its source.
      let place = text.range(of: "location:") ?? text.range(of: "(file:")
      let end = place?.lowerBound ?? text.endIndex
      let name = text[..<end].filter { $0 != "\n" }
      return Excerpt.line(String(name), limit: 120)
    }

    /// A code as RFC 9113, section 7, names it.
    static func name(of code: NIOHTTP2::HTTP2ErrorCode) -> String {
      let names = [
        "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT",
        "STREAM_CLOSED", "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR",
        "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
      ]
      let number = code.networkCode
      let hex = "0x\(String(number, radix: 16))"
      return names.indices.contains(number) ? "\(names[number]) (\(hex))" : hex
    }
  }
#endif
