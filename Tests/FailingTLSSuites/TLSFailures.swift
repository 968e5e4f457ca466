#if TLS
  import XCTest

  /// The twin of `TLSSuite` in XCTest.
  final class TLSFailures: XCTestCase {
    func testOtherAuthority() async throws { try await TLSScenarios.otherAuthority() }
    func testOtherHost() async throws { try await TLSScenarios.otherHost() }
    func testPlainService() async throws { try await TLSScenarios.plainService() }
    func testNoCertificate() async throws { try await TLSScenarios.noCertificate() }
    func testNoHTTP2() async throws { try await TLSScenarios.noHTTP2() }
    func testSilentHandshake() async throws { try await TLSScenarios.silentHandshake() }
    func testGoAway() async throws { try await TLSScenarios.goAway() }
    func testStreamReset() async throws { try await TLSScenarios.streamReset() }
    func testSilentStream() async throws { try await TLSScenarios.silentStream() }
    func testWrongStatus() async throws { try await TLSScenarios.wrongStatus() }

    static var allTests: [(String, (TLSFailures) -> () throws -> Void)] {
      [
        ("testOtherAuthority", asyncTest(testOtherAuthority)),
        ("testOtherHost", asyncTest(testOtherHost)),
        ("testPlainService", asyncTest(testPlainService)),
        ("testNoCertificate", asyncTest(testNoCertificate)),
        ("testNoHTTP2", asyncTest(testNoHTTP2)),
        ("testSilentHandshake", asyncTest(testSilentHandshake)),
        ("testGoAway", asyncTest(testGoAway)),
        ("testStreamReset", asyncTest(testStreamReset)),
        ("testSilentStream", asyncTest(testSilentStream)),
        ("testWrongStatus", asyncTest(testWrongStatus)),
      ]
    }
  }
#endif
