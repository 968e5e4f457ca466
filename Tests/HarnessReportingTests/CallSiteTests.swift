import HarnessReporting
import Testing

@Suite struct `A call site` {
  @Test func `is the place where it is written`() {
    let site = CallSite()
    #expect(site.line == 6)
    #expect("\(site)" == "CallSiteTests.swift:6")
  }
}
