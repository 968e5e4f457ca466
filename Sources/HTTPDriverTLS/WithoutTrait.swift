#if !TLS
  public import HTTPDriver

  // What the product offers with the trait, so that the compiler says what is missing, and not that there is no such
  // name.

  /// A certificate authority of a test; needs the trait `TLS`.
  @available(
    *, unavailable,
    message:
      "the trait TLS is off; where the package is declared: .package(url: …, traits: [\"TLS\"])"
  )
  public struct TestAuthority: Sendable {
    /// Makes an authority.
    public init(name: String = "Test authority") throws { fatalError(name) }
    /// Its name.
    public var name: String { fatalError() }
    /// Its certificate, as PEM.
    public var certificatePEM: String { fatalError() }
    /// Makes a certificate for these names.
    public func issue(
      _ names: String..., validity: TestCertificate.Validity = .current
    ) throws -> TestCertificate { fatalError() }
    /// Makes a certificate for these names.
    public func issue(
      _ names: [String], validity: TestCertificate.Validity = .current
    ) throws -> TestCertificate { fatalError() }
  }

  /// A certificate of a test; needs the trait `TLS`.
  @available(
    *, unavailable,
    message:
      "the trait TLS is off; where the package is declared: .package(url: …, traits: [\"TLS\"])"
  )
  public struct TestCertificate: Sendable {
    /// When it is valid.
    public enum Validity: Sendable, Hashable {
      /// Now.
      case current
      /// No more.
      case expired
      /// Not yet.
      case notYetValid
    }
    /// The names that it is for.
    public var names: [String] { fatalError() }
    /// The certificate, as PEM.
    public var certificatePEM: String { fatalError() }
    /// Its key, as PEM.
    public var privateKeyPEM: String { fatalError() }
    /// Makes a certificate that signs itself.
    public static func selfSigned(
      _ names: String..., validity: Validity = .current
    ) throws -> TestCertificate { fatalError() }
  }

  /// How a client makes TLS connections; needs the trait `TLS`.
  @available(
    *, unavailable,
    message:
      "the trait TLS is off; where the package is declared: .package(url: …, traits: [\"TLS\"])"
  )
  public struct TLSClient: Sendable {
    /// Makes a client that trusts a test's authority.
    public init(
      trusting authority: TestAuthority, presenting certificate: TestCertificate? = nil,
      serverName: String? = nil
    ) { fatalError() }
    /// Makes a client that trusts the authorities of a PEM text.
    public init(
      trustingPEM pem: String, presenting certificate: TestCertificate? = nil,
      serverName: String? = nil
    ) throws { fatalError() }
  }

  /// How a server takes TLS connections; needs the trait `TLS`.
  @available(
    *, unavailable,
    message:
      "the trait TLS is off; where the package is declared: .package(url: …, traits: [\"TLS\"])"
  )
  public struct TLSServer: Sendable {
    /// Makes a server that shows a certificate.
    public init(
      _ certificate: TestCertificate, requiringClientsOf authority: TestAuthority? = nil
    ) { fatalError() }
  }

  /// What is wrong with certificates; needs the trait `TLS`.
  @available(
    *, unavailable,
    message:
      "the trait TLS is off; where the package is declared: .package(url: …, traits: [\"TLS\"])"
  )
  public struct TLSSetupError: Error {}

  /// A version of HTTP on the wire; needs the trait `TLS`.
  @available(
    *, unavailable,
    message:
      "the trait TLS is off; where the package is declared: .package(url: …, traits: [\"TLS\"])"
  )
  public enum HTTPWireVersion: Sendable, Hashable {
    /// HTTP/1.1.
    case http1
    /// HTTP/2.
    case http2
  }

  /// How a service is served; needs the trait `TLS`.
  @available(
    *, unavailable,
    message:
      "the trait TLS is off; where the package is declared: .package(url: …, traits: [\"TLS\"])"
  )
  public struct HTTPServing: Sendable {
    /// HTTP/2 in the clear.
    public static var http2: HTTPServing { fatalError() }
    /// TLS.
    public static func tls(
      by authority: TestAuthority? = nil, speaking version: HTTPWireVersion = .http1
    ) throws -> HTTPServing { fatalError() }
    /// TLS with a certificate of one's own.
    public static func tls(
      _ server: TLSServer, client: TLSClient, speaking version: HTTPWireVersion = .http1
    ) -> HTTPServing { fatalError() }
  }

  /// Serves a handler over TLS or HTTP/2; needs the trait `TLS`.
  @available(
    *, unavailable,
    message:
      "the trait TLS is off; where the package is declared: .package(url: …, traits: [\"TLS\"])"
  )
  public func withHTTPService<R>(
    _ handler: @escaping HTTPHandler, over serving: HTTPServing, on listening: HTTPListening = .tcp,
    _ body: (HTTPTransport) async throws -> R
  ) async throws -> R { fatalError() }

  /// Shares one HTTP/2 connection; needs the trait `TLS`.
  @available(
    *, unavailable,
    message:
      "the trait TLS is off; where the package is declared: .package(url: …, traits: [\"TLS\"])"
  )
  public func withHTTP2Connection<R>(
    _ transport: HTTPTransport, _ body: (HTTPTransport) async throws -> R
  ) async throws -> R { fatalError() }

  extension HTTPTransport {
    /// To an address over TLS; needs the trait `TLS`.
    @available(
      *, unavailable,
      message:
        "the trait TLS is off; where the package is declared: .package(url: …, traits: [\"TLS\"])"
    )
    public static func tls(
      _ address: String, _ client: TLSClient, speaking version: HTTPWireVersion = .http1
    ) -> HTTPTransport { fatalError() }

    /// To a Unix socket over TLS; needs the trait `TLS`.
    @available(
      *, unavailable,
      message:
        "the trait TLS is off; where the package is declared: .package(url: …, traits: [\"TLS\"])"
    )
    public static func tls(
      unixSocket path: String, _ client: TLSClient, speaking version: HTTPWireVersion = .http1
    ) -> HTTPTransport { fatalError() }

    /// To an address by HTTP/2 in the clear; needs the trait `TLS`.
    @available(
      *, unavailable,
      message:
        "the trait TLS is off; where the package is declared: .package(url: …, traits: [\"TLS\"])"
    )
    public static func http2(_ address: String) -> HTTPTransport { fatalError() }

    /// To a Unix socket by HTTP/2 in the clear; needs the trait `TLS`.
    @available(
      *, unavailable,
      message:
        "the trait TLS is off; where the package is declared: .package(url: …, traits: [\"TLS\"])"
    )
    public static func http2(unixSocket path: String) -> HTTPTransport { fatalError() }

    /// To a handler in memory; needs the trait `TLS`.
    @available(
      *, unavailable,
      message:
        "the trait TLS is off; where the package is declared: .package(url: …, traits: [\"TLS\"])"
    )
    public static func memory(
      _ handler: @escaping HTTPHandler, over serving: HTTPServing
    ) throws -> HTTPTransport { fatalError() }
  }

  extension ConnectionSecurity {
    /// TLS; needs the trait `TLS`.
    @available(
      *, unavailable,
      message:
        "the trait TLS is off; where the package is declared: .package(url: …, traits: [\"TLS\"])"
    )
    public static func tls(by authority: TestAuthority? = nil) throws -> ConnectionSecurity {
      fatalError()
    }

    /// TLS with a certificate of one's own; needs the trait `TLS`.
    @available(
      *, unavailable,
      message:
        "the trait TLS is off; where the package is declared: .package(url: …, traits: [\"TLS\"])"
    )
    public static func tls(
      _ server: TLSServer, client: TLSClient
    ) throws -> ConnectionSecurity { fatalError() }
  }
#endif
