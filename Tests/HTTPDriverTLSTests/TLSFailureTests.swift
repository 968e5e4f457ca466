#if TLS
  import HarnessTestSupport
  import Testing

  @Suite struct `Failures over TLS and HTTP/2` {
    static let expected: [(name: String, line: Int, text: String)] = [
      (
        "otherAuthority", 16,
        """
        GET /orders/7: no response: no TLS with 127.0.0.1:PORT: the server's certificate is by "Other", and only "Test authority" is trusted
          request   GET https://127.0.0.1:PORT/orders/7
          repeat    curl -i --cacert trusted.pem --http1.1 'https://127.0.0.1:PORT/orders/7'
        """
      ),
      (
        "otherHost", 26,
        """
        GET /orders/7: no response: no TLS with 127.0.0.1:PORT: the server's certificate is not for 127.0.0.1, but for shop.example, 10.0.0.7
          request   GET https://127.0.0.1:PORT/orders/7
          repeat    curl -i --cacert trusted.pem --http2 'https://127.0.0.1:PORT/orders/7'
        """
      ),
      (
        "plainService", 34,
        """
        GET /orders/7: no response: no TLS with 127.0.0.1:PORT: what came is HTTP/1.1 in the clear ("HTTP/1.1 400 Bad Request"); the server speaks no TLS there, so use .address("http://…")
          request   GET https://127.0.0.1:PORT/orders/7
          repeat    curl -i --cacert trusted.pem --http1.1 'https://127.0.0.1:PORT/orders/7'
        """
      ),
      (
        "noCertificate", 44,
        """
        GET /orders/7: no response: TLS broke: the server requires a certificate of the client, and was shown none
          request   GET https://127.0.0.1:PORT/orders/7
          repeat    curl -i --cacert trusted.pem --http1.1 'https://127.0.0.1:PORT/orders/7'
        """
      ),
      (
        "noHTTP2", 54,
        """
        GET /orders/7: no response: no TLS with 127.0.0.1:PORT: the server speaks no HTTP/2 (ALPN chose nothing); use speaking: .http1
          request   GET https://127.0.0.1:PORT/orders/7
          repeat    curl -i --cacert trusted.pem --http2 'https://127.0.0.1:PORT/orders/7'
        """
      ),
      (
        "silentHandshake", 63,
        """
        GET /orders/7: no response within 6 s, set by this wait: the connection was not made, waiting for the TLS handshake
          request   GET https://127.0.0.1:PORT/orders/7
          repeat    curl -i --cacert trusted.pem --http1.1 'https://127.0.0.1:PORT/orders/7'
        """
      ),
      (
        "goAway", 70,
        """
        GET /orders/7: no response: the server ended the connection: GOAWAY ENHANCE_YOUR_CALM (0xb) "too many of you"
          request   GET http://127.0.0.1:PORT/orders/7
          repeat    curl -i --http2-prior-knowledge 'http://127.0.0.1:PORT/orders/7'
        """
      ),
      (
        "streamReset", 77,
        """
        GET /orders/7: response cut off after 5 bytes of its body: the server reset the stream: REFUSED_STREAM (0x7)
          request   GET http://127.0.0.1:PORT/orders/7
          response  200 OK
          body      no media type, 5 bytes: hello
          repeat    curl -i --http2-prior-knowledge 'http://127.0.0.1:PORT/orders/7'
        """
      ),
      (
        "silentStream", 83,
        """
        GET /orders/7: no response within 6 s, set by this wait: waiting for the response's head
          request   GET http://127.0.0.1:PORT/orders/7
          repeat    curl -i --http2-prior-knowledge 'http://127.0.0.1:PORT/orders/7'
        """
      ),
      (
        "wrongStatus", 90,
        """
        GET /orders/7: status 409, expected 200
          request   GET https://127.0.0.1:PORT/orders/7
                    Authorization: Bearer ***
          response  409 Conflict
                    content-type: text/plain; charset=utf-8
                    content-length: 12
          body      text/plain; charset=utf-8, 12 bytes: out of stock
          repeat    curl -i --cacert trusted.pem --http2 -H "Authorization: Bearer $AUTHORIZATION" \
        'https://127.0.0.1:PORT/orders/7'
        """
      ),
    ]

    @Test(arguments: FailingRun.Framework.allCases)
    func `are each told once, at their line`(_ framework: FailingRun.Framework) async throws {
      let isXCTest = framework == .xctest
      // A scale of its own, as the texts name the deadline.
      let run = try await FailingRun.of(
        isXCTest ? "TLSFailures" : "TLSSuite", framework, in: "HarnessFailingTLSSuites",
        environment: ["HARNESS_TIME_SCALE": ""])
      for (name, line, text) in Self.expected {
        let capital = "\(name.prefix(1).uppercased())\(name.dropFirst())"
        let test = isXCTest ? "TLSFailures.test\(capital)" : "\(name)()"
        let issues = run.issues(of: test)
        #expect(issues.map(\.place) == ["TLSScenarios.swift:\(line)"], "\(run.output)")
        #expect(issues.map { Self.steady($0.message) } == [text])
      }
      #expect(run.issues.count == Self.expected.count, "\(run.output)")
      #expect(run.hasFailed)
      #expect(!run.output.contains("s3cret"))
    }

    /// The text without ports, and without the files of evidence, whose numbers depend on what else has failed.
    private static func steady(_ text: String) -> String {
      text.replacing(/127\.0\.0\.1:[0-9]+/, with: "127.0.0.1:PORT").split(separator: "\n")
        .filter { !$0.hasPrefix("  evidence  ") }.joined(separator: "\n")
    }
  }
#endif
