#if TLS
  import Crypto
  import Foundation
  import SwiftASN1
  import X509

  /// A certificate with its private key, made in memory: what a server shows, or a client.
  ///
  /// ``TestAuthority/issue(_:validity:)`` makes those that a client can trust; ``selfSigned(_:validity:)`` those that
  /// it cannot. Servers of others read it from files that a test writes with ``certificatePEM`` and
  /// ``privateKeyPEM``.
  public struct TestCertificate: Sendable {
    /// When a certificate is valid; the two others are for tests of what a client makes of them.
    public enum Validity: Sendable, Hashable {
      /// From yesterday, for a year.
      case current
      /// Until yesterday.
      case expired
      /// From tomorrow on.
      case notYetValid
    }

    /// Who signs it.
    struct Issuer {
      let name: DistinguishedName
      let key: Certificate.PrivateKey
      /// The certificate whose key identifier is named; nil for one that signs itself.
      let identifier: Certificate?
    }

    /// The host names and IP addresses that it is for.
    public let names: [String]
    /// The certificate as PEM.
    public let certificatePEM: String
    /// Its private key as PEM (PKCS #8); never printed by the library.
    public let privateKeyPEM: String

    /// Makes a certificate that signs itself, which no client of a ``TestAuthority`` trusts.
    ///
    /// - Parameters:
    ///   - names: Host names and IP addresses.
    ///   - validity: When it is valid.
    /// - Returns: The certificate with its key.
    /// - Throws: A ``TLSSetupError`` where there is no name, and what signing throws.
    public static func selfSigned(
      _ names: String..., validity: Validity = .current
    ) throws -> TestCertificate {
      try TestCertificate(names, validity: validity, issuer: nil)
    }

    /// Makes a certificate; the names must not be none, as RFC 5280, section 4.2.1.6, wants at least one.
    init(
      _ names: [String], validity: Validity, issuer: Issuer?,
      usages: [ExtendedKeyUsage.Usage] = [.serverAuth, .clientAuth], usageIsCritical: Bool = false
    ) throws {
      guard !names.isEmpty else {
        throw TLSSetupError(
          reason: "a certificate needs a name that it is for, such as \"localhost\"")
      }
      self.names = names
      let signingKey = P256.Signing.PrivateKey()
      let key = Certificate.PrivateKey(signingKey)
      let subject = try DistinguishedName { CommonName(names[0]) }
      let issuer = issuer ?? Issuer(name: subject, key: key, identifier: nil)
      let (from, until) = Self.period(validity)
      let certificate = try Certificate(
        version: .v3, serialNumber: .random(), publicKey: key.publicKey, notValidBefore: from,
        notValidAfter: until, issuer: issuer.name, subject: subject,
        extensions: try .init {
          Critical(BasicConstraints.notCertificateAuthority)
          Critical(KeyUsage(digitalSignature: true))
          if usageIsCritical {
            Critical(try ExtendedKeyUsage(usages))
          } else {
            try ExtendedKeyUsage(usages)
          }
          SubjectAlternativeNames(names.map(Self.generalName))
          SubjectKeyIdentifier(hash: key.publicKey)
          if let authority = issuer.identifier {
            AuthorityKeyIdentifier(
              keyIdentifier: SubjectKeyIdentifier(hash: authority.publicKey).keyIdentifier)
          }
        }, issuerPrivateKey: issuer.key)
      certificatePEM = try certificate.serializeAsPEM().pemString + "\n"
      privateKeyPEM = signingKey.pemRepresentation + "\n"
    }

    private static func period(_ validity: Validity) -> (Date, Date) {
      let now = Date()
      return switch validity {
      case .current: (now.addingTimeInterval(-.day), now.addingTimeInterval(365 * .day))
      case .expired: (now.addingTimeInterval(-10 * .day), now.addingTimeInterval(-.day))
      case .notYetValid: (now.addingTimeInterval(.day), now.addingTimeInterval(10 * .day))
      }
    }

    private static func generalName(_ name: String) -> GeneralName {
      guard let address = IPAddress(name) else { return .dnsName(name) }
      return .ipAddress(ASN1OctetString(contentBytes: address.bytes[...]))
    }
  }

  extension Certificate.SerialNumber {
    /// A positive number that nobody else has, of 17 octets.
    ///
    /// At most 20 are allowed, and one of 20 random octets is written with 21 where its first bit is set. Source:
    /// RFC 5280, section 4.1.2.2.
    static func random() -> Self {
      Self(bytes: [.random(in: 1...0x7f)] + (0..<16).map { _ in UInt8.random(in: 0 ... .max) })
    }
  }

  extension TestCertificate: CustomStringConvertible, CustomReflectable {
    /// The names that it is for, without its key.
    public var description: String { "certificate for \(names.joined(separator: ", "))" }

    /// The names that it is for, without its key.
    public var customMirror: Mirror { Mirror(self, children: ["names": names]) }
  }
#endif
