import HarnessReporting
import Testing

@Suite struct `The running test` {
  @Test func `is known by its name`() throws {
    let test = try #require(RunningTest.current)
    #expect(test.name == "`is known by its name`()")
    #expect(!test.isParameterized)
  }

  @Test(arguments: [1, 2]) func `says when it runs once for each argument`(_ number: Int) throws {
    #expect(try #require(RunningTest.current).isParameterized)
  }

  @Test func `is not known on a detached task`() async {
    let test = await Task.detached { RunningTest.current }.value
    #expect(test == nil)
  }
}
