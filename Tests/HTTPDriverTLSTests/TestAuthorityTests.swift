#if TLS
  import Foundation
  import HarnessProcess
  import SwiftASN1
  import Testing
  import X509

  @testable import HTTPDriver
  @testable import HTTPDriverTLS

  @Suite struct `A test authority` {
    struct Case: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let make: @Sendable (TestAuthority) throws -> TestCertificate
      /// The host that a client asks for.
      let host: String
      /// How the reason ends that it is refused for; nil where it is trusted.
      let fault: String?
    }

    static let cases = [
      Case(
        testDescription: "a host name", make: { try $0.issue("localhost") }, host: "localhost",
        fault: nil),
      Case(
        testDescription: "an IPv4 address", make: { try $0.issue("a.test", "127.0.0.1") },
        host: "127.0.0.1", fault: nil),
      Case(
        testDescription: "an IPv6 address", make: { try $0.issue("::1") }, host: "::1", fault: nil),
      Case(
        testDescription: "a wildcard", make: { try $0.issue("*.example.com") },
        host: "a.example.com", fault: nil),
      Case(
        testDescription: "a wildcard, two labels (RFC 9110, section 4.3.4)",
        make: { try $0.issue("*.example.com") }, host: "a.b.example.com",
        fault: "is not for a.b.example.com, but for *.example.com"),
      Case(
        testDescription: "another host", make: { try $0.issue("example.com", "10.0.0.1") },
        host: "localhost", fault: "is not for localhost, but for example.com, 10.0.0.1"),
      Case(
        testDescription: "another address", make: { try $0.issue("localhost") }, host: "127.0.0.1",
        fault: "is not for 127.0.0.1, but for localhost"),
      Case(
        testDescription: "expired", make: { try $0.issue("localhost", validity: .expired) },
        host: "localhost", fault: "expired on"),
      Case(
        testDescription: "not yet valid",
        make: { try $0.issue("localhost", validity: .notYetValid) }, host: "localhost",
        fault: "is not valid before"),
      Case(
        testDescription: "for clients alone (RFC 5280, section 4.2.1.12)",
        make: { try $0.issue("localhost", for: [.clientAuth]) }, host: "localhost",
        fault: "is not for servers: its extended key usage lacks serverAuth"),
      Case(
        testDescription: "for servers, which is critical (RFC 5280, section 4.2.1.12)",
        make: { try $0.issue("localhost", for: [.serverAuth], isCritical: true) },
        host: "localhost", fault: nil),
      Case(
        testDescription: "for clients alone, which is critical",
        make: { try $0.issue("localhost", for: [.clientAuth], isCritical: true) },
        host: "localhost", fault: "is not for servers: its extended key usage lacks serverAuth"),
      Case(
        testDescription: "for servers, which is critical, by another authority",
        make: {
          _ in
          try TestAuthority(name: "Other").issue("localhost", for: [.serverAuth], isCritical: true)
        }, host: "localhost", fault: "is by \"Other\", and only \"Test authority\" is trusted"),
      Case(
        testDescription: "self-signed", make: { _ in try .selfSigned("localhost") },
        host: "localhost", fault: "is signed by itself, and not by \"Test authority\""),
      Case(
        testDescription: "another authority",
        make: { _ in try TestAuthority(name: "Other").issue("localhost") }, host: "localhost",
        fault: "is by \"Other\", and only \"Test authority\" is trusted"),
      Case(
        testDescription: "another authority of the same name",
        make: { _ in try TestAuthority().issue("localhost") }, host: "localhost",
        fault: "is by another \"Test authority\" than the trusted one: the key differs"),
    ]

    @Test(arguments: cases)
    func `makes certificates that are trusted for what they say, or refused by name`(
      _ tried: Case
    ) async throws {
      let authority = try TestAuthority()
      let certificate = try tried.make(authority)
      let check = CertificateCheck(roots: [authority.certificate], name: tried.host)
      let chain = [try Certificate(pemEncoded: certificate.certificatePEM)]
      let fault = await check.fault(of: chain)
      if let expected = tried.fault {
        #expect(fault?.contains(expected) == true, "\(fault ?? "trusted")")
      } else {
        #expect(fault == nil)
      }
    }

    struct ChainCase: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let chain: [String]
      var root = CertificateFixtures.root
      var host = "localhost"
      let fault: String?
    }

    static let chains =
      [
        ChainCase(
          testDescription: "an authority below the trusted one",
          chain: [CertificateFixtures.leaf, CertificateFixtures.intermediate], fault: nil),
        ChainCase(
          testDescription: "an expired one by an authority below",
          chain: [CertificateFixtures.expiredLeaf, CertificateFixtures.intermediate],
          fault: "the server's certificate expired on 2020-02-01T00:00:00Z"),
        ChainCase(
          testDescription: "another name, by an authority below",
          chain: [CertificateFixtures.leaf, CertificateFixtures.intermediate], host: "other.test",
          fault: """
            the server's certificate is not for other.test, but for localhost, *.example.com, 0:0:0:0:0:0:0:1
            """),
        ChainCase(
          testDescription: "the authority below is not shown", chain: [CertificateFixtures.leaf],
          fault: "the server's certificate is by \"Intermediate\", and only \"Root\" is trusted"),
        ChainCase(
          testDescription: "what cannot be read, behind the leaf",
          chain: [
            CertificateFixtures.leaf, CertificateFixtures.oldLeaf, CertificateFixtures.intermediate,
          ], fault: nil),
      ]
      + ["LOCALHOST", "a.EXAMPLE.com", "0:0:0:0:0:0:0:1", "::1"].map { host in
        ChainCase(
          testDescription: "its own name \(host), and another authority",
          chain: [CertificateFixtures.leaf, CertificateFixtures.intermediate],
          root: CertificateFixtures.expiredLeaf, host: host,
          fault: """
            the server's certificate is by "Intermediate", and "Intermediate" is by "Root", and only "localhost" is trusted
            """)
      }

    @Test(arguments: chains)
    func `explains what is wrong with the certificate before its issuers`(
      _ tried: ChainCase
    ) async throws {
      let root = try Certificate(pemEncoded: tried.root)
      let check = CertificateCheck(roots: [root], name: tried.host)
      let chain = try tried.chain.map { try PEMDocument(pemString: $0).derBytes }
      #expect(await check.fault(ofEncoded: chain) == tried.fault)
    }

    @Test func `a certificate that cannot be read is refused, whatever follows it`() async throws {
      let authority = try TestAuthority()
      let check = CertificateCheck(roots: [authority.certificate], name: "localhost")
      let genuine = try PEMDocument(pemString: authority.issue("localhost").certificatePEM).derBytes
      let old = try PEMDocument(pemString: CertificateFixtures.oldLeaf).derBytes
      #expect(await check.fault(ofEncoded: [genuine]) == nil)
      for first in [old, [], [0x30, 0x00]] {
        let fault = await check.fault(ofEncoded: [first, genuine])
        #expect(fault?.hasPrefix("the server's certificate cannot be judged") == true)
      }
    }

    /// As openssl does, which asks each authority but the trusted one what it is for.
    @Test(arguments: [
      ([ExtendedKeyUsage.Usage.serverAuth], nil),
      (
        [.clientAuth],
        "the server's certificate is refused: the authority \"Below\" is not for servers: its extended key usage lacks serverAuth"
      ),
    ])
    func `asks the authorities below it what they are for`(
      usages: [ExtendedKeyUsage.Usage], fault: String?
    ) async throws {
      let authority = try TestAuthority()
      let key = try TestAuthority().issuer.key
      let below = try Self.certificate("Below", key, by: authority.issuer) {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        Critical(try ExtendedKeyUsage(usages))
      }
      let leaf = try Self.certificate(
        "localhost", TestAuthority().issuer.key,
        by: TestCertificate.Issuer(name: below.subject, key: key, identifier: nil)
      ) { SubjectAlternativeNames([.dnsName("localhost")]) }
      // A root of a narrower kind is trusted for what it was told to be trusted for.
      let root = try Self.certificate("Test authority", authority.issuer.key, by: authority.issuer)
      {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 1))
        Critical(try ExtendedKeyUsage([.clientAuth]))
      }
      let check = CertificateCheck(roots: [root], name: "localhost")
      #expect(await check.fault(of: [leaf, below]) == fault)
    }

    @Test func `names a critical extension that nobody knows`() async throws {
      let authority = try TestAuthority()
      let leaf = try Self.certificate(
        "localhost", TestAuthority().issuer.key, by: authority.issuer
      ) {
        SubjectAlternativeNames([.dnsName("localhost")])
        try Certificate.Extensions([
          Certificate.Extension(oid: [1, 2, 3, 4], critical: true, value: [5, 0])
        ])
      }
      let check = CertificateCheck(roots: [authority.certificate], name: "localhost")
      #expect(
        await check.fault(of: [leaf])
          == "the server's certificate has a critical extension that is not known: 1.2.3.4")
    }

    private static func certificate(
      _ name: String, _ key: Certificate.PrivateKey, by issuer: TestCertificate.Issuer,
      @ExtensionsBuilder extensions: () throws -> Result<Certificate.Extensions, any Error>
    ) throws -> Certificate {
      try Certificate(
        version: .v3, serialNumber: .random(), publicKey: key.publicKey,
        notValidBefore: Date().addingTimeInterval(-.day),
        notValidAfter: Date().addingTimeInterval(.day), issuer: issuer.name,
        subject: try DistinguishedName { CommonName(name) },
        extensions: try Certificate.Extensions(builder: extensions), issuerPrivateKey: issuer.key)
    }

    /// openssl refuses `anyExtendedKeyUsage`, which one may and need not (RFC 5280, section 4.2.1.12).
    @Test func `a certificate for any use is one for servers`() async throws {
      let authority = try TestAuthority()
      let certificate = try authority.issue("localhost", for: [.any])
      let check = CertificateCheck(roots: [authority.certificate], name: "localhost")
      let bytes = try PEMDocument(pemString: certificate.certificatePEM).derBytes
      #expect(await check.fault(ofEncoded: [bytes]) == nil)
    }

    /// Half of the numbers of 20 random octets are written with 21.
    ///
    /// Source: RFC 5280, section 4.1.2.2.
    @Test func `numbers its certificates in 20 octets`() throws {
      for _ in 0..<1_000 {
        var serializer = DER.Serializer()
        try serializer.serialize(Certificate.SerialNumber.random().bytes)
        let bytes = serializer.serializedBytes
        #expect(bytes[0] == 2 && bytes[1] <= 20 && (1..<0x80).contains(bytes[2]), "\(bytes)")
      }
      let authority = try TestAuthority()
      let texts =
        try [authority.certificatePEM]
        + (0..<32).map { _ in try authority.issue("a").certificatePEM }
      for text in texts {
        // Behind the heads of two sequences and the version.
        let bytes = try PEMDocument(pemString: text).derBytes
        #expect(bytes[13] == 2 && bytes[14] <= 20, "\(bytes.prefix(40))")
      }
    }

    @Test func `names somebody in every certificate`() throws {
      let authority = try TestAuthority()
      #expect(throws: TLSSetupError.self) { try authority.issue() }
      #expect(throws: TLSSetupError.self) { try authority.issue([]) }
      #expect(throws: TLSSetupError.self) { try TestCertificate.selfSigned() }
    }

    @Test func `asks a link-local address without its zone`() throws {
      let connector = try TLSConnector(
        SocketConnector(target: .tcp(host: "fe80::1%eth0", port: 443)),
        TLSClient(trusting: TestAuthority()), host: "fe80::1%eth0", version: .http1)
      #expect(connector.name == "fe80::1")
    }

    static func hasOpenSSL() async -> Bool {
      (try? await run(Command("/bin/bash", ["-c", "openssl version"])).status.isSuccess) ?? false
    }

    /// The verdict of somebody else's code on the same certificates.
    @Test(.enabled("needs openssl") { await hasOpenSSL() }, arguments: cases)
    func `agrees with openssl`(_ tried: Case) async throws {
      let authority = try TestAuthority()
      let certificate = try tried.make(authority)
      let files = ["ca.pem": authority.certificatePEM, "leaf.pem": certificate.certificatePEM]
      try await withFiles(files) {
        let option = IPAddress(tried.host) == nil ? "-verify_hostname" : "-verify_ip"
        let result = try await run(
          Command(
            "/bin/bash",
            [
              "-c",
              """
              cd '\($0)' && openssl verify -x509_strict -purpose sslserver -CAfile ca.pem \
                \(option) '\(tried.host)' leaf.pem
              """,
            ]))
        #expect(result.status.isSuccess == (tried.fault == nil), "\(result)")
      }
    }

    @Test func `prints no key`() throws {
      let authority = try TestAuthority()
      let certificate = try authority.issue("localhost")
      var dumped = ""
      dump(authority, to: &dumped)
      dump(certificate, to: &dumped)
      dump(TLSServer(certificate, requiringClientsOf: authority), to: &dumped)
      let texts = dumped + "\(authority) \(certificate) \(String(reflecting: certificate))"
      #expect(certificate.privateKeyPEM.contains("PRIVATE KEY"))
      #expect(!texts.contains("PRIVATE KEY"))
      #expect("\(certificate)" == "certificate for localhost")
    }

    @Test func `is needed by a client, as PEM too`() throws {
      let authority = try TestAuthority()
      #expect(try TLSClient(trustingPEM: authority.certificatePEM).roots == [authority.certificate])
    }

    @Test func `is told from what is none`() throws {
      let authority = try TestAuthority()
      let key = try authority.issue("localhost").privateKeyPEM
      let cases = [
        (" \n", "the text is empty"),
        ("ca.pem", "\"ca.pem\" is no PEM; of a file, its contents are wanted, not its path"),
        ("no\ncertificate\n", "the text has no line \"-----BEGIN CERTIFICATE-----\""),
        (authority.certificatePEM + "\n" + key, "part 2 of the text is a PRIVATE KEY"),
      ]
      for (text, reason) in cases {
        let error = #expect(throws: TLSSetupError.self) { try TLSClient(trustingPEM: text) }
        #expect(error?.description == "there is no certificate to trust: \(reason)")
      }
      let cut = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
      let error = #expect(throws: TLSSetupError.self) { try TLSClient(trustingPEM: cut) }
      #expect(
        error?.description.hasPrefix(
          "there is no certificate to trust: certificate 1 cannot be read: ") == true)
    }
  }

  extension TestAuthority {
    /// Makes a certificate for these uses alone.
    func issue(
      _ name: String, for usages: [ExtendedKeyUsage.Usage], isCritical: Bool = false
    ) throws -> TestCertificate {
      try TestCertificate(
        [name], validity: .current, issuer: issuer, usages: usages, usageIsCritical: isCritical)
    }
  }

  /// Runs `body` with a folder of its own that has these files.
  func withFiles(
    _ files: [String: String], _ body: (String) async throws -> Void
  ) async throws {
    let folder = "/tmp/harness-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let result: Result<Void, any Error>
    do {
      for (name, text) in files {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      }
      result = .success(try await body(folder))
    } catch {
      result = .failure(error)
    }
    try FileManager.default.removeItem(atPath: folder)
    try result.get()
  }
#endif
