#if TLS
  import Testing

  /// The failures of exchanges over TLS and HTTP/2 under Swift Testing.
  @Suite struct TLSSuite {
    @Test func otherAuthority() async throws { try await TLSScenarios.otherAuthority() }
    @Test func otherHost() async throws { try await TLSScenarios.otherHost() }
    @Test func plainService() async throws { try await TLSScenarios.plainService() }
    @Test func noCertificate() async throws { try await TLSScenarios.noCertificate() }
    @Test func noHTTP2() async throws { try await TLSScenarios.noHTTP2() }
    @Test func silentHandshake() async throws { try await TLSScenarios.silentHandshake() }
    @Test func goAway() async throws { try await TLSScenarios.goAway() }
    @Test func streamReset() async throws { try await TLSScenarios.streamReset() }
    @Test func silentStream() async throws { try await TLSScenarios.silentStream() }
    @Test func wrongStatus() async throws { try await TLSScenarios.wrongStatus() }
  }
#endif
