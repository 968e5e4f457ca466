#if !Hummingbird
  public import HTTPDriver

  // What the product offers with the trait, so that the compiler says what is missing, and not that there is no such
  // name.

  /// How an application is reached; needs the trait `Hummingbird`.
  @available(
    *, unavailable,
    message:
      "the trait Hummingbird is off; where the package is declared: .package(url: …, traits: [\"Hummingbird\"])"
  )
  public enum HummingbirdReach: Sendable {
    /// Its responder is called.
    case inProcess
    /// Its server on a stream of bytes in memory.
    case memory
    /// Its server on a loopback port.
    case tcp
    /// Its server on a Unix socket.
    case unixSocket
  }

  /// Runs an application; needs the trait `Hummingbird`.
  @available(
    *, unavailable,
    message:
      "the trait Hummingbird is off; where the package is declared: .package(url: …, traits: [\"Hummingbird\"])"
  )
  public func withHummingbirdApplication<App, R>(
    _ application: App, over reach: HummingbirdReach = .inProcess,
    stoppingWithin stopLimit: Duration = .seconds(10),
    _ body: (HTTPTransport) async throws -> R
  ) async throws -> R { fatalError() }

  extension HTTPTransport {
    /// Calls a router; needs the trait `Hummingbird`.
    @available(
      *, unavailable,
      message:
        "the trait Hummingbird is off; where the package is declared: .package(url: …, traits: [\"Hummingbird\"])"
    )
    public static func hummingbird<Builder>(router: Builder) -> HTTPTransport { fatalError() }

    /// Calls a responder; needs the trait `Hummingbird`.
    @available(
      *, unavailable,
      message:
        "the trait Hummingbird is off; where the package is declared: .package(url: …, traits: [\"Hummingbird\"])"
    )
    public static func hummingbird<Responder>(responder: Responder) -> HTTPTransport {
      fatalError()
    }
  }
#endif
