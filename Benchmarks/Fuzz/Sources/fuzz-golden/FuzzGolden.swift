import GoldenFiles

/// The first byte chooses the format; a NUL divides the golden file from the actual one.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGolden(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: libFuzzer hands over `count` bytes that live as long as the call.
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = bytes.first else { return 0 }
  let parts = bytes.dropFirst().split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
  let golden = Array(parts[0])
  let actual = parts.count > 1 ? Array(parts[1]) : golden
  switch choice % 5 {
  case 0: check(.text, golden, actual, rules: [])
  case 1: check(.json, golden, actual, rules: rules)
  case 2: check(.jsonLines, golden, actual, rules: rules)
  case 3:
    check(.csv, golden, actual, rules: [.number("/*/a", tolerance: 0.1), .alias("/*/b", "b")])
  default: check(.bytes, golden, actual, rules: [])
  }
  return 0
}

private let rules: [GoldenRule] = [
  .uuid("/id"), .alias("/*/id", "id"), .unordered("/a"), .keyed("/rows", by: "/id"),
  .number("/*/n", tolerance: 0.5), .optional("/o"), .ignored("/i/*"), .unordered(""),
  .timestamp("/at"),
]

/// What is read and written again means the same, and a candidate is a golden for its own value.
private func check<Format: GoldenFormat>(
  _ format: Format, _ golden: [UInt8], _ actual: [UInt8], rules: [GoldenRule]
) {
  guard let stored = try? format.read(golden), let value = try? format.read(actual) else { return }
  let comparison = format.compare(value, with: stored, rules: rules)
  for finding in comparison.differences + comparison.violations {
    precondition(!finding.description.isEmpty && !finding.whole.isEmpty)
  }
  guard let again = try? format.read(format.write(value)) else {
    preconditionFailure("what was written cannot be read")
  }
  precondition(
    format.compare(again, with: value, rules: []).differences.isEmpty,
    "what was written and read differs")
  guard comparison.violations.isEmpty else { return }
  let accepted = format.compare(value, with: comparison.candidate, rules: rules)
  precondition(
    accepted.differences.isEmpty || rules.isEmpty == false && isAmbiguous(accepted),
    "an accepted candidate differs: \(accepted.differences)")
}

/// Elements of an unordered array that look alike but for their aliases may be paired otherwise: documented.
private func isAmbiguous<Value>(_ comparison: GoldenComparison<Value>) -> Bool {
  comparison.differences.allSatisfy { $0.description.contains("\"<id ") }
}
