import HarnessJSON

/// Two documents with reordered members and ten changes, against the time to parse them.
struct JSONDifferenceBench {
  let megabytes: Int
  let rounds: Int

  func run() throws {
    let document = RecordDocument(megabytes: megabytes)
    let one = document.bytes(reordered: false, changes: 0)
    let other = document.bytes(reordered: true, changes: 10)
    var parsing: [Double] = []
    var comparing: [Double] = []
    var found: [String] = []
    for _ in 0..<rounds {
      let start = CPUTime.now
      let expected = try JSONValue(parsing: one)
      let actual = try JSONValue(parsing: other)
      let parsed = CPUTime.now
      let difference = JSONDifference(expected: expected, actual: actual)
      let pointers = difference.findings.map(\.pointer.description)
      parsing.append(parsed - start)
      comparing.append(CPUTime.now - parsed)
      found = pointers
    }
    let (parse, compare) = (JSONCommand.median(parsing), JSONCommand.median(comparing))
    print("two documents of \(megabytes) MB, members reordered, ten changes")
    print("  CPU s    × parsing both")
    print("  \(leftColumn(parse, 9))1.0   parsing both")
    print("  \(leftColumn(compare, 9))\(leftColumn(compare / parse, 6))comparing")
    let expected = document.changedPointers(10)
    print("  found \(found.count) of \(expected.count), pointers exact: \(found == expected)")
  }
}

/// A text indented as most programs do it.
func indented(_ document: [UInt8]) -> [UInt8] {
  let value = try? JSONValue(parsing: document)
  return Array((value?.prettyText ?? "").utf8)
}
