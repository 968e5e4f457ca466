import Testing

@testable import GoldenFiles

@Suite struct `The mode of golden files` {
  @Test(arguments: [
    ([:], GoldenMode.verify),
    (["UPDATE_GOLDEN": ""], .verify),
    (["UPDATE_GOLDEN": "0", "CI": "true"], .verify),
    (["UPDATE_GOLDEN": "1"], .update(missing: true, changed: true)),
    (["UPDATE_GOLDEN": "missing"], .update(missing: true, changed: false)),
    (["UPDATE_GOLDEN": "changed", "CI": "false"], .update(missing: false, changed: true)),
    (["UPDATE_GOLDEN": "all"], .rewrite),
    (["UPDATE_GOLDEN": "all", "CI": "true", "UPDATE_GOLDEN_ON_CI": "1"], .rewrite),
  ])
  func `comes from the environment`(_ environment: [String: String], _ mode: GoldenMode) throws {
    #expect(try GoldenMode(environment: environment) == mode)
  }

  @Test(arguments: [
    (
      ["UPDATE_GOLDEN": "yes"],
      "UPDATE_GOLDEN=yes means nothing: write 1, changed, missing, all or 0"
    ),
    (
      ["UPDATE_GOLDEN": "1", "GITHUB_ACTIONS": "true"],
      "UPDATE_GOLDEN=1 is refused on CI (GITHUB_ACTIONS is set), where nobody reviews what it "
        + "writes: run it on your machine, or set UPDATE_GOLDEN_ON_CI=1"
    ),
  ])
  func `is refused loudly`(_ environment: [String: String], _ message: String) {
    let error = #expect(throws: GoldenMode.Refusal.self) {
      try GoldenMode(environment: environment)
    }
    #expect(error?.description == message)
  }
}
