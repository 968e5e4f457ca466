#if TLS
  import Crypto
  import Foundation
  import SwiftASN1
  import X509

  /// A certificate authority for tests: made in memory, trusted by the test's clients alone, and forgotten with it.
  ///
  /// ```swift
  /// let authority = try TestAuthority()
  /// let certificate = try authority.issue("localhost", "127.0.0.1")
  /// ```
  ///
  /// Nothing is written to a file and nothing of the system's trust is read or changed. Keys are on the curve P-256.
  public struct TestAuthority: Sendable {
    /// The common name, which failures call it by.
    public let name: String
    /// Its certificate as PEM, for clients that are to trust it: the file that `curl --cacert` reads.
    public let certificatePEM: String

    let certificate: Certificate
    private let key: Certificate.PrivateKey

    /// Makes an authority with a key of its own; its certificate is valid from a month ago for ten years.
    ///
    /// - Parameter name: The common name.
    /// - Throws: What signing throws.
    public init(name: String = "Test authority") throws {
      self.name = name
      key = Certificate.PrivateKey(P256.Signing.PrivateKey())
      certificate = try Self.certificate(name, key)
      certificatePEM = try certificate.serializeAsPEM().pemString + "\n"
    }

    /// Makes a certificate for these host names and IP addresses, for servers and clients alike.
    ///
    /// - Parameters:
    ///   - names: Host names such as `localhost` or `*.example.com`, and IP addresses; a client certificate may name
    ///     whatever the service reads.
    ///   - validity: When it is valid.
    /// - Returns: The certificate with its key.
    /// - Throws: A ``TLSSetupError`` where there is no name, and what signing throws.
    public func issue(
      _ names: String..., validity: TestCertificate.Validity = .current
    ) throws -> TestCertificate {
      try issue(names, validity: validity)
    }

    /// Makes a certificate for these host names and IP addresses, for servers and clients alike.
    ///
    /// - Parameters:
    ///   - names: Host names and IP addresses.
    ///   - validity: When it is valid.
    /// - Returns: The certificate with its key.
    /// - Throws: A ``TLSSetupError`` where there is no name, and what signing throws.
    public func issue(
      _ names: [String], validity: TestCertificate.Validity = .current
    ) throws -> TestCertificate {
      try TestCertificate(names, validity: validity, issuer: issuer)
    }

    /// It, as whoever signs a certificate.
    var issuer: TestCertificate.Issuer {
      .init(name: certificate.subject, key: key, identifier: certificate)
    }

    private static func certificate(
      _ name: String, _ key: Certificate.PrivateKey
    ) throws -> Certificate {
      let subject = try DistinguishedName { CommonName(name) }
      let now = Date()
      return try Certificate(
        version: .v3, serialNumber: .random(), publicKey: key.publicKey,
        notValidBefore: now.addingTimeInterval(-30 * .day),
        notValidAfter: now.addingTimeInterval(3_650 * .day), issuer: subject, subject: subject,
        extensions: try .init {
          Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
          Critical(KeyUsage(keyCertSign: true, cRLSign: true))
          SubjectKeyIdentifier(hash: key.publicKey)
        }, issuerPrivateKey: key)
    }
  }

  extension TestAuthority: CustomStringConvertible, CustomReflectable {
    /// Its name, without its key.
    public var description: String { name }

    /// Its name, without its key.
    public var customMirror: Mirror { Mirror(self, children: ["name": name]) }
  }

  extension TimeInterval {
    static var day: TimeInterval { 86_400 }
  }
#endif
