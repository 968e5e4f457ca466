#if TLS
  import Foundation
  import HTTPDriver
  import NIOCore
  import NIOSSL
  import SwiftASN1
  import X509

  /// How a client makes TLS connections: whom it trusts, what it shows, and which name it asks for.
  ///
  /// It trusts the given authority and nobody else; there is no way to trust everybody.
  public struct TLSClient: Sendable {
    let trustedPEM: String
    let roots: [Certificate]
    let certificate: TestCertificate?
    let serverName: String?

    /// Makes a client that trusts a test's authority.
    ///
    /// - Parameters:
    ///   - authority: Whoever must have signed the server's certificate.
    ///   - certificate: What is shown to a server that asks for a certificate.
    ///   - serverName: The name that the server's certificate must be for, and that SNI says; the host of the
    ///     address unless said otherwise.
    public init(
      trusting authority: TestAuthority, presenting certificate: TestCertificate? = nil,
      serverName: String? = nil
    ) {
      trustedPEM = authority.certificatePEM
      roots = [authority.certificate]
      self.certificate = certificate
      self.serverName = serverName
    }

    /// Makes a client that trusts the authorities of a PEM text, such as the file of a service that brings its own.
    ///
    /// - Throws: A ``TLSSetupError`` where the text holds no certificate, or something else as well.
    public init(
      trustingPEM pem: String, presenting certificate: TestCertificate? = nil,
      serverName: String? = nil
    ) throws {
      roots = try TrustedPEM.certificates(in: pem)
      trustedPEM = pem
      self.certificate = certificate
      self.serverName = serverName
    }

    /// What NIOSSL is told.
    ///
    /// The callback of ``TLSConnector`` decides in the place of NIOSSL, which must be set to verify for it to count.
    func makeContext(_ version: HTTPWireVersion) throws -> NIOSSLContext {
      try NIOSSLContext(configuration: configuration(version))
    }

    func configuration(_ version: HTTPWireVersion) throws -> TLSConfiguration {
      var configuration = TLSConfiguration.makeClientConfiguration()
      configuration.minimumTLSVersion = .tlsv12
      // `CertificateCheck` checks the name; NIOSSL would want an address, which memory has not.
      configuration.certificateVerification = .noHostnameVerification
      // Else NIOSSL would read those of the system.
      configuration.trustRoots = .certificates(
        try NIOSSLCertificate.fromPEMBytes(Array(trustedPEM.utf8)))
      configuration.applicationProtocols = [version.applicationProtocol]
      // `close_notify` is sent, and no answer is waited for: a deadline is one also where the server hangs. Source:
      // RFC 8446, section 6.1.
      configuration.shutdownTimeout = .zero
      if let certificate {
        configuration.certificateChain = try certificate.chain
        configuration.privateKey = .privateKey(try certificate.privateKey)
      }
      return configuration
    }
  }

  /// Why TLS cannot be set up as a test asked for.
  public struct TLSSetupError: Error, Sendable, CustomStringConvertible {
    let reason: String

    /// The reason in one line.
    public var description: String { reason }
  }

  extension TestCertificate {
    var chain: [NIOSSLCertificateSource] {
      get throws {
        try NIOSSLCertificate.fromPEMBytes(Array(certificatePEM.utf8)).map { .certificate($0) }
      }
    }

    var privateKey: NIOSSLPrivateKey {
      get throws { try NIOSSLPrivateKey(bytes: Array(privateKeyPEM.utf8), format: .pem) }
    }
  }
#endif
