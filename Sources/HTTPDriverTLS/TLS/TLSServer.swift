#if TLS
  import NIOCore
  import NIOSSL

  /// What a server shows its clients, and what it asks of them.
  public struct TLSServer: Sendable {
    let certificate: TestCertificate
    let clientAuthority: TestAuthority?

    /// Makes a server.
    ///
    /// - Parameters:
    ///   - certificate: What it shows.
    ///   - authority: Whoever must have signed the certificate that each client has to show; nil asks for none.
    public init(
      _ certificate: TestCertificate, requiringClientsOf authority: TestAuthority? = nil
    ) {
      self.certificate = certificate
      clientAuthority = authority
    }

    func makeContext(_ versions: [HTTPWireVersion]) throws -> NIOSSLContext {
      var configuration: TLSConfiguration
      if let clientAuthority {
        configuration = try .makeServerConfigurationWithMTLS(
          certificateChain: certificate.chain, privateKey: .privateKey(certificate.privateKey),
          trustRoots: .certificates(
            NIOSSLCertificate.fromPEMBytes(Array(clientAuthority.certificatePEM.utf8))))
      } else {
        configuration = try .makeServerConfiguration(
          certificateChain: certificate.chain, privateKey: .privateKey(certificate.privateKey))
      }
      configuration.minimumTLSVersion = .tlsv12
      configuration.shutdownTimeout = .zero
      configuration.applicationProtocols = versions.map(\.applicationProtocol)
      return try NIOSSLContext(configuration: configuration)
    }
  }
#endif
