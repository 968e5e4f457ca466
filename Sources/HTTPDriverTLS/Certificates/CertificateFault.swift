#if TLS
  import Foundation
  import HTTPDriver
  import SwiftASN1
  import X509

  /// Says in our words why a server's certificate is not trusted: of the certificate itself first, then of its issuers.
  struct CertificateFault {
    let roots: [Certificate]
    let name: String
    /// As the server showed it, leaf first; never empty.
    let chain: [Certificate]

    /// Why a certificate of the server's cannot even be judged.
    static func unreadable(_ error: any Error) -> String {
      """
      the server's certificate cannot be judged (it is no certificate, or one of a kind that is not taken, such as with \
      an RSA key of less than 2,048 bits): \(Excerpt.line("\(error)", limit: 200))
      """
    }

    /// The explanation of a refusal; `failures` are those of swift-certificates, and empty where no chain leads to a
    /// root.
    func text(isForName: Bool, failures: [String]) -> String {
      let now = Date()
      if leaf.notValidAfter < now {
        return "the server's certificate expired on \(text(leaf.notValidAfter))"
      }
      if leaf.notValidBefore > now {
        return "the server's certificate is not valid before \(text(leaf.notValidBefore))"
      }
      if !isForName { return otherName }
      if let usage = Self.usage(of: leaf, isLeaf: true) { return usage }
      if let unknown { return unknown }
      if let failure = failures.first {
        return "the server's certificate is refused: \(Excerpt.line(failure, limit: 400))"
      }
      return issuer ?? "the server's certificate is not trusted"
    }

    /// Why a certificate, or what an authority signs, is not for servers; nil where it says that it is, or does not say.
    ///
    /// Source: RFC 5280, section 4.2.1.12.
    static func usage(of certificate: Certificate, isLeaf: Bool) -> String? {
      let whose =
        isLeaf
        ? "the server's certificate" : "the authority \"\(commonName(certificate.subject))\""
      do {
        guard let usages = try certificate.extensions.extendedKeyUsage else { return nil }
        if usages.contains(where: { $0 == .serverAuth || $0 == .any }) { return nil }
        return "\(whose) is not for servers: its extended key usage lacks serverAuth"
      } catch {
        return "\(whose) has an extended key usage that cannot be read: \(error)"
      }
    }

    /// What it demands of a client that does not know it; nil where it demands nothing.
    ///
    /// Source: RFC 5280, section 4.2.
    private var unknown: String? {
      let known = CertificateCheck.knownExtensions
      guard let first = leaf.extensions.first(where: { $0.critical && !known.contains($0.oid) })
      else { return nil }
      return "the server's certificate has a critical extension that is not known: \(first.oid)"
    }

    private var leaf: Certificate { chain[0] }

    private var otherName: String {
      let names = self.names
      let shown = names.prefix(5).joined(separator: ", ")
      let rest = names.count > 5 ? " (+\(names.count - 5))" : ""
      return "the server's certificate is not for \(name), but for "
        + (names.isEmpty ? "nothing" : shown + rest)
    }

    /// Where the chain that was shown ends; nil where a trusted root has signed its end.
    private var issuer: String? {
      let trusted = roots.map { Self.commonName($0.subject) }.joined(separator: ", ")
      var path = [leaf]
      while let next = chain.first(where: { isSigned(path[path.count - 1], by: $0) }),
        !path.contains(next)
      {
        path.append(next)
      }
      let last = path[path.count - 1]
      let namesakes = roots.filter { $0.subject == last.issuer }
      if namesakes.contains(where: { isSigned(last, by: $0) }) { return nil }
      let subject =
        path.count == 1
        ? "the server's certificate is"
        : "the server's certificate is by \"\(Self.commonName(leaf.issuer))\", and \"\(Self.commonName(last.subject))\" is"
      if !namesakes.isEmpty {
        return
          "\(subject) by another \"\(Self.commonName(last.issuer))\" than the trusted one: the key differs"
      }
      if last.issuer == last.subject {
        return "\(subject) signed by itself, and not by \"\(trusted)\""
      }
      return "\(subject) by \"\(Self.commonName(last.issuer))\", and only \"\(trusted)\" is trusted"
    }

    private func isSigned(_ certificate: Certificate, by issuer: Certificate) -> Bool {
      issuer.subject == certificate.issuer
        && issuer.publicKey.isValidSignature(certificate.signature, for: certificate)
    }

    private var names: [String] {
      guard let names = try? leaf.extensions.subjectAlternativeNames else { return [] }
      return names.compactMap { name in
        switch name {
        case .dnsName(let name): name
        case .ipAddress(let bytes): IPAddress(bytes: bytes.bytes)?.text
        default: nil
        }
      }
    }

    private static func commonName(_ name: DistinguishedName) -> String {
      let text = "\(name)"
      return text.hasPrefix("CN=") ? String(text.dropFirst(3)) : text
    }

    private func text(_ date: Date) -> String { date.formatted(.iso8601) }
  }
#endif
