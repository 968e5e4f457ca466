import Testing

@testable import Waiters

@Suite struct `The steps along a path` {
  /// A file system as a table: what lies at a path without links.
  private let entries: [String: PathSteps.Entry] = [
    "/tmp": .folder, "/tmp/out": .folder, "/tmp/out/report.csv": .other,
    "/tmp/link": .link(to: "out"), "/tmp/absolute": .link(to: "/tmp/out/report.csv"),
    "/tmp/out/up": .link(to: "../link/report.csv"), "/tmp/circle": .link(to: "circle"),
    "/tmp/dangling": .link(to: "/tmp/none/file"),
  ]

  private func walk(_ path: String) -> (steps: [String], end: PathSteps.End) {
    var steps: [String] = []
    let end = PathSteps.walk(path) { folder, name in
      steps.append("\(folder) \(name)")
      return entries[PathSteps.join(folder, name)] ?? .missing
    }
    return (steps, end)
  }

  @Test(arguments: [
    ("/tmp/out/report.csv", ["/ tmp", "/tmp out", "/tmp/out report.csv"], "/tmp/out/report.csv"),
    ("//tmp/./out/", ["/ tmp", "/tmp out"], "/tmp/out"),
    ("/", [], "/"),
    ("/tmp/out/../../tmp", ["/ tmp", "/tmp out", "/ tmp"], "/tmp"),
    ("/..", [], "/"),
    (
      "/tmp/link/report.csv", ["/ tmp", "/tmp link", "/tmp out", "/tmp/out report.csv"],
      "/tmp/out/report.csv"
    ),
    (
      "/tmp/absolute", ["/ tmp", "/tmp absolute", "/ tmp", "/tmp out", "/tmp/out report.csv"],
      "/tmp/out/report.csv"
    ),
    (
      "/tmp/out/up",
      [
        "/ tmp", "/tmp out", "/tmp/out up", "/tmp link", "/tmp out", "/tmp/out report.csv",
      ], "/tmp/out/report.csv"
    ),
  ])
  func `lead to what is there`(path: String, steps: [String], target: String) {
    let walked = walk(path)
    #expect(walked.steps == steps)
    #expect(walked.end.target == target)
  }

  @Test(arguments: [
    ("/tmp/none", "/tmp", "none"),
    ("/tmp/none/deeper", "/tmp", "none"),
    ("/tmp/dangling", "/tmp", "none"),
    ("/tmp/out/report.csv/x", "/tmp/out", "report.csv"),
    ("/tmp/circle", "/tmp", "circle"),
  ])
  func `end where nothing is`(path: String, folder: String, name: String) {
    #expect(walk(path).end == PathSteps.End(folder: folder, name: name, target: nil))
  }

  @Test func `give a circle of links up`() {
    #expect(walk("/tmp/circle").steps.count == PathSteps.mostLinks + 2)
  }
}
