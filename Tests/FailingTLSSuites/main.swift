// Runs suites that fail on purpose over TLS and HTTP/2, as `HarnessFailingSuites` does.
#if TLS
  import Testing
  import XCTest

  if CommandLine.arguments.contains("swift-testing") {
    await Testing.__swiftPMEntryPoint() as Never
  } else {
    XCTMain([testCase(TLSFailures.allTests)])
  }
#endif
