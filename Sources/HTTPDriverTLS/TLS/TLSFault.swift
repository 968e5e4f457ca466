#if TLS
  import Foundation
  import HTTPDriver
  import NIOCore
  import NIOSSL

  /// What went wrong with TLS, in our words.
  struct TLSFault: DescribedFault, Hashable {
    let code: HTTPExchangeError.Code
    let reason: String

    /// What ended a handshake, in which the client offered to speak `version`.
    ///
    /// Source: RFC 7301, section 3.2, for the alert no_application_protocol.
    init(inHandshake error: any Error, with place: String, offering version: HTTPWireVersion) {
      code = .tlsFailed
      if !(error is any DescribedFault), "\(error)".contains("NO_APPLICATION_PROTOCOL") {
        reason = """
          no TLS with \(place): the server speaks no \(version.title) (ALPN refused \
          "\(version.applicationProtocol)"); use speaking: \(version == .http1 ? ".http2" : ".http1")
          """
        return
      }
      reason = "no TLS with \(place): \(Self.text(of: error, isHandshake: true))"
    }

    /// What ends a handshake for a reason of ours.
    init(_ reason: String, with place: String) {
      code = .tlsFailed
      self.reason = "no TLS with \(place): \(reason)"
    }

    /// What broke a connection after its handshake; nil where it is nothing of TLS.
    ///
    /// `peer` is who is on the other side, `server` or `client`.
    ///
    /// Source: RFC 8446, section 6.1, for `close_notify`.
    init?(of error: any Error, by peer: String) {
      switch error {
      case NIOSSLError.uncleanShutdown:
        code = .responseCutOff
        reason =
          "the \(peer) closed the connection without TLS's close_notify, so its end may be missing"
      case is NIOSSLError, is BoringSSLError:
        code = .tlsFailed
        reason = "TLS broke: \(Self.text(of: error, isHandshake: false))"
      default: return nil
      }
    }

    /// What BoringSSL calls it, and what it means for a test.
    private static let meanings: [(name: String, text: String)] = [
      ("WRONG_VERSION_NUMBER", "what came is no TLS; does the server speak plain HTTP?"),
      ("HTTP_REQUEST", "what came is plain HTTP"),
      (
        "CERTIFICATE_REQUIRED",
        "the server requires a certificate of the client, and was shown none"
      ),
      (
        "UNKNOWN_CA",
        "the other side does not trust the authority of the certificate that it was shown"
      ),
      ("CERTIFICATE_EXPIRED", "the other side holds the certificate that it was shown for expired"),
      ("BAD_CERTIFICATE", "the other side refuses the certificate that it was shown"),
      ("CERTIFICATE_UNKNOWN", "the other side refuses the certificate that it was shown"),
      ("PROTOCOL_VERSION", "the server speaks no version of TLS from 1.2 on"),
      ("UNSUPPORTED_PROTOCOL", "the server speaks no version of TLS from 1.2 on"),
      ("HANDSHAKE_FAILURE", "the server finds nothing in common (alert handshake_failure)"),
    ]

    private static func text(of error: any Error, isHandshake: Bool) -> String {
      switch error {
      case let error as WrongProtocol: return error.reason
      case NIOSSLError.handshakeFailed(.sslError(let stack)) where "\(stack)".contains("EOF during"):
        return "the server closed the connection in the handshake"
      case NIOSSLError.uncleanShutdown, ChannelError.eof, ChannelError.ioOnClosedChannel:
        return "the server closed the connection in the handshake"
      case let error as IOError where error.errnoCode == ECONNRESET:
        return "the server reset the connection in the handshake"
      default: break
      }
      let text = "\(error)"
      if let meaning = meanings.first(where: { text.contains($0.name) }) { return meaning.text }
      // Of a stack of errors, the names that BoringSSL gives them.
      let names = text.split(separator: ":").filter { part in
        part.contains("_") && part.prefix { $0 != " " }.allSatisfy { $0.isUppercase || $0 == "_" }
      }.map { $0.prefix { $0 != " " } }
      return names.isEmpty ? Excerpt.line(text, limit: 200) : names.joined(separator: ", ")
    }
  }
#endif
