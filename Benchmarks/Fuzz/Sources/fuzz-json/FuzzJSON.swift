import HarnessJSON

/// What libFuzzer calls with each input: reads it as JSON, and holds what was read against itself.
///
/// The first byte chooses what is done with the rest.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: libFuzzer hands over `count` bytes that live as long as the call.
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  let bytes = Array(input.dropFirst())
  switch choice % 4 {
  case 0: read(bytes)
  case 1: compare(bytes)
  case 2: query(bytes)
  default: patch(bytes)
  }
  return 0
}

/// A text that is accepted is written and read again as the same.
private func read(_ bytes: [UInt8]) {
  guard let document = try? JSONDocument(parsing: bytes) else { return }
  let root = document.root
  for text in [root.compactText, root.prettyText] {
    guard let again = try? JSONValue(parsing: text) else { fatalError("not read again: \(text)") }
    precondition(again == root, "another value when read again")
  }
  if let canonical = try? root.canonicalBytes() {
    guard let again = try? JSONValue(parsing: canonical) else { fatalError("canonical is no JSON") }
    precondition(try! again.canonicalBytes() == canonical, "another canonical form of the same")
  }
  for repeated in document.repeatedNames { precondition(repeated.positions.count > 1) }
}

/// The halves of an input: what differs, and whether the patch repairs it.
private func compare(_ bytes: [UInt8]) {
  let halves = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1)
  guard halves.count == 2, let expected = try? JSONValue(parsing: Array(halves[0])),
    let actual = try? JSONValue(parsing: Array(halves[1]))
  else { return }
  let difference = JSONDifference(expected: expected, actual: actual)
  precondition(difference.isEmpty == (expected == actual), "a difference that is no inequality")
  for finding in difference.findings { precondition(!finding.description.isEmpty) }
  guard let patched = try? difference.patch.applied(to: expected) else {
    fatalError("a patch that cannot be made: \(difference.patch.value)")
  }
  precondition(patched == actual, "a patch that does not repair: \(difference.patch.value)")
}

/// A query, a new line, and the value that it is asked of.
private func query(_ bytes: [UInt8]) {
  let halves = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1)
  guard let first = halves.first, let text = String(validating: first, as: UTF8.self) else {
    return
  }
  if let pattern = try? IRegexp(text) { _ = pattern.matches("aaaaaaaaab") }
  guard let path = try? JSONPath(parsing: text), halves.count == 2,
    let value = try? JSONValue(parsing: Array(halves[1]))
  else { return }
  let limits = JSONPathLimits(maximumNodes: 1_000, maximumSteps: 100_000)
  guard let nodes = try? value.nodes(at: path, limits: limits) else { return }
  for node in nodes {
    // A pointer leads through no repeated name.
    if let found = value[node.pointer] { precondition(found == node.value, "another value there") }
    precondition(
      (try? JSONPath(parsing: node.normalizedPath)) != nil, "no path: \(node.normalizedPath)")
  }
}

/// A patch, a new line, and the value that it changes.
private func patch(_ bytes: [UInt8]) {
  let halves = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1)
  guard halves.count == 2, let patch = try? JSONPatch(JSONValue(parsing: Array(halves[0]))),
    let value = try? JSONValue(parsing: Array(halves[1]))
  else { return }
  if let result = try? patch.applied(to: value) { _ = result.compactText }
  guard let again = try? JSONPatch(patch.value) else {
    fatalError("a patch that is not read again")
  }
  precondition(again.value == patch.value)
}
