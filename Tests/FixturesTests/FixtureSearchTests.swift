import Testing

@testable import struct Fixtures.FixtureSearch

@Suite struct `The search for a fixture` {
  private static let file = "/src/app/Tests/AppTests/JourneyTests.swift"

  @Test func `goes from the test's folder up to the root`() {
    let search = FixtureSearch("a/b.xlsx", from: Self.file, environment: [:])
    #expect(
      search.paths == [
        "/src/app/Tests/AppTests/testdata/a/b.xlsx", "/src/app/Tests/testdata/a/b.xlsx",
        "/src/app/testdata/a/b.xlsx", "/src/testdata/a/b.xlsx", "/testdata/a/b.xlsx",
      ])
  }

  @Test func `begins in the folder of the variable`() {
    let search = FixtureSearch(
      "b.xlsx", from: Self.file, environment: ["HARNESS_FIXTURES": "/fixtures"])
    #expect(search.paths.first == "/fixtures/b.xlsx")
    #expect(search.paths.count == 6)
    let empty = FixtureSearch("b.xlsx", from: Self.file, environment: ["HARNESS_FIXTURES": ""])
    #expect(empty.paths.count == 5)
  }

  @Test func `looks into the bundle before the folders of the sources`() {
    let search = FixtureSearch(
      "a/b.xlsx", from: "/src/T.swift", bundle: "/bin/App_Tests.resources",
      environment: ["HARNESS_FIXTURES": "/fixtures"])
    #expect(
      search.paths == [
        "/fixtures/a/b.xlsx", "/bin/App_Tests.resources/testdata/a/b.xlsx",
        "/bin/App_Tests.resources/a/b.xlsx", "/src/testdata/a/b.xlsx", "/testdata/a/b.xlsx",
      ])
    #expect(
      search.failure { $0.hasPrefix("/bin/") ? ["c.xlsx"] : nil } == """
        there is no fixture "a/b.xlsx"
          tried   /bin/App_Tests.resources/testdata/a/b.xlsx
          tried   /bin/App_Tests.resources/a/b.xlsx
          there   "c.xlsx", in /bin/App_Tests.resources/testdata/a
          try     adding it to the `resources` of the target in Package.swift: .copy("testdata")
        """)
  }

  @Test func `says what was tried and what there is`() {
    let search = FixtureSearch(
      "isx/june.xlsx", from: Self.file, environment: ["HARNESS_FIXTURES": "/fixtures"])
    let folders = [
      "/src/app/testdata": ["isx"], "/src/app/testdata/isx": ["july.xlsx", "README.md"],
    ]
    #expect(
      search.failure { folders[$0] } == """
        there is no fixture "isx/june.xlsx"
          tried   /src/app/testdata/isx/june.xlsx
          there   "README.md", "july.xlsx", in /src/app/testdata/isx
          try     putting it into testdata of the package, or setting HARNESS_FIXTURES to its folder
        """)
  }

  @Test func `stays within the folder`() {
    let search = FixtureSearch("isx/../../Package.swift", from: Self.file, environment: [:])
    #expect(search.paths == [])
    #expect(
      search.failure { _ in ["isx"] } == """
        there is no fixture "isx/../../Package.swift"
          why     a fixture lies below testdata, so its name has no ".."
        """)
  }

  @Test func `says when there is no folder at all`() {
    let search = FixtureSearch("june.xlsx", from: Self.file, environment: [:])
    #expect(
      search.failure { _ in nil } == """
        there is no fixture "june.xlsx"
          tried   no folder testdata beside the test's file or above it
          try     putting it into testdata of the package, or setting HARNESS_FIXTURES to its folder
        """)
  }
}
