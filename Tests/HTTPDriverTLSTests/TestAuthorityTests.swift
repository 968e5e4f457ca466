#if TLS
  import Foundation
  import HarnessProcess
  import SwiftASN1
  import Testing
  import X509

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
      for text in ["", "no certificate"] {
        #expect(throws: TLSSetupError.self) { try TLSClient(trustingPEM: text) }
      }
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
