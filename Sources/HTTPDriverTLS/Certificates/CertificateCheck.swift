#if TLS
  import Foundation
  import SwiftASN1
  import X509

  /// Decides whether a server's certificate is trusted, and says in our words why it is not.
  ///
  /// The verdict is that of swift-certificates; only its explanation is ours. Source: RFC 5280, section 6, and
  /// RFC 9110, section 4.3.4.
  struct CertificateCheck: Sendable {
    /// The authorities that are trusted, and no others.
    let roots: [Certificate]
    /// The host name or IP address that the certificate must be for.
    let name: String

    /// Why the chain, leaf first, is not trusted; nil where it is.
    func fault(of chain: [Certificate]) async -> String? {
      guard let leaf = chain.first else { return "the server showed no certificate" }
      let address = IPAddress(name)
      var verifier = Verifier(rootCertificates: CertificateStore(roots)) {
        RFC5280Policy()
        ServerIdentityPolicy(
          serverHostname: address == nil ? name : nil, serverIP: address == nil ? nil : name)
      }
      let verdict = await verifier.validate(
        leaf: leaf, intermediates: CertificateStore(chain.dropFirst()))
      switch verdict {
      case .validCertificate: return nil
      case .couldNotValidate(let failures):
        return explanation(leaf, Date())
          ?? failures.first.map { "the server's certificate is refused: \($0.policyFailureReason)" }
          ?? "the server's certificate is not trusted"
      }
    }

    private func explanation(_ leaf: Certificate, _ now: Date) -> String? {
      if let fault = issuerFault(leaf) { return fault }
      if leaf.notValidAfter < now {
        return "the server's certificate expired on \(text(leaf.notValidAfter))"
      }
      if leaf.notValidBefore > now {
        return "the server's certificate is not valid before \(text(leaf.notValidBefore))"
      }
      let names = self.names(of: leaf)
      guard !names.contains(name) else { return nil }
      let shown = names.prefix(5).joined(separator: ", ")
      let rest = names.count > 5 ? " (+\(names.count - 5))" : ""
      return "the server's certificate is not for \(name), but for "
        + (names.isEmpty ? "nothing" : shown + rest)
    }

    private func issuerFault(_ leaf: Certificate) -> String? {
      let trusted = roots.map { commonName($0.subject) }.joined(separator: ", ")
      let issuers = roots.filter { $0.subject == leaf.issuer }
      if issuers.contains(where: { $0.publicKey.isValidSignature(leaf.signature, for: leaf) }) {
        return nil
      }
      if !issuers.isEmpty {
        return
          "the server's certificate is by another \"\(trusted)\" than the trusted one: the key differs"
      }
      if leaf.issuer == leaf.subject {
        return "the server's certificate is signed by itself, and not by \"\(trusted)\""
      }
      return
        "the server's certificate is by \"\(commonName(leaf.issuer))\", and only \"\(trusted)\" is trusted"
    }

    private func names(of leaf: Certificate) -> [String] {
      guard let names = try? leaf.extensions.subjectAlternativeNames else { return [] }
      return names.compactMap { name in
        switch name {
        case .dnsName(let name): name
        case .ipAddress(let bytes): IPAddress(bytes: bytes.bytes)?.text
        default: nil
        }
      }
    }

    private func commonName(_ name: DistinguishedName) -> String {
      let text = "\(name)"
      return text.hasPrefix("CN=") ? String(text.dropFirst(3)) : text
    }

    private func text(_ date: Date) -> String { date.formatted(.iso8601) }
  }
#endif
