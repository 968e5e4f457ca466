import HarnessReporting
import Testing

@testable import GoldenFiles

@Suite struct `The name of a golden file` {
  private func name(_ chosen: String?, function: String = "testSums()") throws -> String {
    try GoldenName(
      chosen: chosen, test: nil, function: function, fileID: "ReportTests/Journey.swift"
    ).path
  }

  @Test(arguments: [
    ("testSums()", "Journey/testSums"),
    ("sums(_:of:)", "Journey/sums"),
    ("`an uploaded workbook becomes a report`()", "Journey/an-uploaded-workbook-becomes-a-report"),
    ("`sums: 3/4 (rounded)`()", "Journey/sums--3-4--rounded--ac782853"),
  ])
  func `is that of the test`(_ function: String, _ expected: String) throws {
    #expect(try name(nil, function: function) == expected)
  }

  @Test(arguments: [
    ("Module.Journey/sums()", "sums()", "Journey/sums"),
    ("Module.`The sums`/`add up`()", "`add up`()", "Journey/The-sums.add-up"),
    ("Module.Outer/`An inner`/sums()", "sums()", "Journey/Outer.An-inner.sums"),
    ("Module.sums()", "sums()", "Journey/sums"),
  ])
  func `has the suites too`(_ specifier: String, _ test: String, _ expected: String) throws {
    let test = RunningTest(name: test, specifier: specifier, isParameterized: false)
    let name = try GoldenName(
      chosen: nil, test: test, function: "helper()", fileID: "ReportTests/Journey.swift")
    #expect(name.path == expected)
  }

  @Test func `has the case behind it`() throws {
    let test = RunningTest(name: "sums(of:)", specifier: "M.S/sums(of:)", isParameterized: true)
    for (chosen, expected) in [(nil, "Journey/S.sums.a-b"), ("sums", "sums.a-b")]
      as [(String?, String)]
    {
      let name = try GoldenName(
        chosen: chosen, case: "a b", test: test, function: "", fileID: "ReportTests/Journey.swift")
      #expect(name.path == expected)
    }
  }

  @Test(arguments: [
    ("report", "report"),
    ("reports/2025 06 24 ISX Daily Report.xlsx", "reports/2025-06-24-ISX-Daily-Report.xlsx"),
    ("été", "-t--ffb58817"),
    (".hidden", "hidden-4747f185"),
    (
      String(repeating: "a", count: 121), String(repeating: "a", count: 100) + "-019ebb34"
    ),
  ])
  func `is the chosen one, made safe`(_ chosen: String, _ expected: String) throws {
    #expect(try name(chosen) == expected)
  }

  @Test(arguments: ["", "/report", "a//b", "../report", "a/.."])
  func `stays below its folder`(_ chosen: String) {
    let error = #expect(throws: GoldenName.Refusal.self) { try name(chosen) }
    #expect(
      error?.description
        == "the golden's name \"\(chosen)\" is no path below the Goldens folder")
  }

  @Test(arguments: [1]) func `is asked for in a parameterised test`(_ number: Int) {
    let error = #expect(throws: GoldenName.Refusal.self) {
      try GoldenName(chosen: nil, test: .current, function: #function, fileID: #fileID)
    }
    #expect(
      error?.description == """
        an unnamed golden in a parameterised test: all cases would share one file
          try  case: "…" or named: "…", made of what tells the cases apart
        """)
  }
}
