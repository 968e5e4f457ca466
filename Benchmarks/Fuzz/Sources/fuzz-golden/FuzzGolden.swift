import GoldenFiles
import HarnessXML
import ProblemJSON

/// The first byte chooses the format; a NUL divides the golden file from the actual one, and another a rule's text
/// from both.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGolden(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: libFuzzer hands over `count` bytes that live as long as the call.
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = bytes.first else { return 0 }
  let parts = bytes.dropFirst().split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
  let golden = Array(parts[0])
  let actual = parts.count > 1 ? Array(parts[1]) : golden
  switch choice % 8 {
  case 0: check(.text, golden, actual, rules: [])
  case 1: check(.json, golden, actual, rules: rules)
  case 2: check(.jsonLines, golden, actual, rules: rules)
  case 3:
    check(.csv, golden, actual, rules: [.number("/*/a", tolerance: 0.1), .alias("/*/b", "b")])
  case 4: check(.bytes, golden, actual, rules: [])
  case 5:
    check(.xml, golden, actual, rules: [.uuid("/a/@id"), .any("/a/*/b"), .ignored("/a/c[2]")])
  case 6: check(.problem, golden, actual, rules: [.uuid("/instance"), .optional("/detail")])
  default: checkRules(bytes.dropFirst())
  }
  return 0
}

private let rules: [GoldenRule] = [
  .uuid("/id"), .alias("/*/id", "id"), .unordered("/a"), .keyed("/rows", by: "/id"),
  .number("/*/n", tolerance: 0.5), .optional("/o"), .ignored("/i/*"), .unordered(""),
  .timestamp("/at"), .any("$..any"), .regex("$.r[*]", "(a|b)*[0-9]{2}"),
]

/// A text as the place of a rule and as its regular expression: whatever it is, a rule says what is wrong with it.
private func checkRules(_ bytes: ArraySlice<UInt8>) {
  let parts = bytes.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
  guard parts.count == 3, parts[0].count < 200 else { return }
  let text = String(decoding: parts[0], as: UTF8.self)
  check(
    .json, Array(parts[1]), Array(parts[2]),
    rules: [.any(text), .regex("/a", text), .keyed("/rows", by: text), .unordered(text)])
}

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
