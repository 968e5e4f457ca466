#if TLS
  import SwiftASN1
  import X509

  /// Decides whether a server's certificate is trusted.
  ///
  /// Of the chain and the name swift-certificates is the judge; what the certificate is to be used for is judged here,
  /// as it does not, and by itself refuses each certificate in which that is marked as critical. Source: RFC 5280,
  /// sections 6 and 4.2.1.12, and RFC 9110, section 4.3.4.
  struct CertificateCheck: Sendable {
    /// The authorities that are trusted, and no others.
    let roots: [Certificate]
    /// The host name or IP address that the certificate must be for.
    let name: String

    /// What a certificate may have as critical: of all of these it is known what they mean.
    static var knownExtensions: [ASN1ObjectIdentifier] {
      RFC5280Policy().verifyingCriticalExtensions
        + ServerIdentityPolicy(serverHostname: nil, serverIP: nil).verifyingCriticalExtensions
        + ForServers().verifyingCriticalExtensions
    }

    /// Why the chain as a server shows it, leaf first, is not trusted; nil where it is.
    ///
    /// What cannot be read is nobody's certificate: as the leaf it is refused, and never passed over, since the
    /// handshake was made with its key. Behind the leaf it makes no chain.
    func fault(ofEncoded chain: [[UInt8]]) async -> String? {
      guard let first = chain.first else { return "the server showed no certificate" }
      let leaf: Certificate
      do {
        leaf = try Certificate(derEncoded: first)
      } catch {
        return CertificateFault.unreadable(error)
      }
      let rest = chain.dropFirst().compactMap { try? Certificate(derEncoded: $0) }
      return await fault(of: [leaf] + rest)
    }

    /// Why the chain, leaf first, is not trusted; nil where it is.
    func fault(of chain: [Certificate]) async -> String? {
      guard let leaf = chain.first else { return "the server showed no certificate" }
      var verifier = Verifier(rootCertificates: CertificateStore(roots)) {
        RFC5280Policy()
        identity
        ForServers()
      }
      let verdict = await verifier.validate(
        leaf: leaf, intermediates: CertificateStore(chain.dropFirst()))
      let explanation = CertificateFault(roots: roots, name: name, chain: chain)
      switch verdict {
      case .validCertificate: return nil
      case .couldNotValidate(let failures):
        return await explanation.text(
          isForName: isForName(leaf), failures: failures.map { "\($0.policyFailureReason)" })
      }
    }

    private var identity: ServerIdentityPolicy {
      let address = IPAddress(name)
      return ServerIdentityPolicy(
        serverHostname: address == nil ? name : nil, serverIP: address == nil ? nil : name)
    }

    /// Whether it is for the name, whoever signed it.
    private func isForName(_ leaf: Certificate) async -> Bool {
      var verifier = Verifier(rootCertificates: CertificateStore([leaf])) {
        NameAlone(identity: identity, verifyingCriticalExtensions: leaf.extensions.map(\.oid))
      }
      let verdict = await verifier.validate(leaf: leaf, intermediates: CertificateStore([]))
      if case .validCertificate = verdict { return true }
      return false
    }
  }

  /// Lets no certificate pass that is for other things than servers, nor one by an authority for other things.
  ///
  /// What the root says of itself is not asked: who trusts it has decided. Source: RFC 5280, sections 4.2.1.12 and 6.1.
  private struct ForServers: VerifierPolicy {
    let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = [.X509ExtensionID.extendedKeyUsage]

    mutating func chainMeetsPolicyRequirements(
      chain: UnverifiedCertificateChain
    ) async -> PolicyEvaluationResult {
      for (index, certificate) in chain.enumerated() where index == 0 || index < chain.count - 1 {
        if let fault = CertificateFault.usage(of: certificate, isLeaf: index == 0) {
          return .failsToMeetPolicy(reason: fault)
        }
      }
      return .meetsPolicy
    }
  }

  /// Looks at the name of a certificate, and lets everything else pass: it explains a refusal, and grants nothing.
  private struct NameAlone: VerifierPolicy {
    var identity: ServerIdentityPolicy
    let verifyingCriticalExtensions: [ASN1ObjectIdentifier]

    mutating func chainMeetsPolicyRequirements(
      chain: UnverifiedCertificateChain
    ) async -> PolicyEvaluationResult {
      identity.chainMeetsPolicyRequirements(chain: chain)
    }
  }
#endif
