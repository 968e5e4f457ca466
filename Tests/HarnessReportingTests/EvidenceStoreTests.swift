import Testing

@testable import HarnessReporting

@Suite struct `The folder of evidence` {
  @Test func `is given to one failure only`() {
    var names = TakenNames()
    // The last is what the third failure in a line of another file would be called.
    #expect(
      ["A-1", "A-1", "A-1-2", "A-1", "B-1"].map { names.take($0) } == [
        "A-1", "A-1-2", "A-1-2-2", "A-1-3", "B-1",
      ])
  }

  // With a search from 2 each time, these would be two hundred million.
  @Test(.timeLimit(.minutes(15))) func `is found at once for the failure after many at its line`() {
    var names = TakenNames()
    for _ in 1..<20_000 { _ = names.take("A-1") }
    #expect(names.take("A-1") == "A-1-20000")
  }
}

@Suite struct `The file name of evidence` {
  @Test(arguments: [
    ("exchange.txt", "exchange.txt"),
    ("a/b.txt", "a-b.txt"),
    ("../../etc/passwd", "..-..-etc-passwd"),
    ("a\\b:c.txt", "a-b-c.txt"),
    ("GET /reports?id=7.txt", "GET -reports?id=7.txt"),
    ("line\nfeed\0.txt", "line-feed-.txt"),
    ("..", "evidence"), (".", "evidence"), ("", "evidence"), ("~", "~"),
  ])
  func `stays in its folder`(name: String, file: String) {
    #expect(EvidenceStore.fileNames(for: [name]) == [file])
  }

  @Test func `keeps its extension when it is cut`() {
    let long = String(repeating: "é", count: 300)
    let names = EvidenceStore.fileNames(for: [long + ".json", long])
    #expect(names.allSatisfy { $0.utf8.count <= 200 && $0.hasPrefix("éé") })
    #expect(names[0].hasSuffix("é.json"))
  }

  @Test func `is given to one piece of evidence only`() {
    #expect(
      EvidenceStore.fileNames(for: ["a.txt", "a.txt", "A.txt", "a-2.txt", "b", "b"])
        == ["a.txt", "a-2.txt", "A-3.txt", "a-2-2.txt", "b", "b-2"])
  }
}
