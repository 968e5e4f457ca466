import HarnessJSON
import HarnessXML
import ProblemJSON

/// A body as JSON and as XML: reading never throws or traps, and every finding has its words.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzProblem(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: libFuzzer hands over `count` bytes that live as long as the call.
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let request = ProblemContext.Request(
    method: "POST", target: "/a?b", accept: "application/problem+xml", acceptLanguage: "de",
    body: bytes)
  for type in ["application/problem+json", "text/html"] {
    let verdict = ProblemVerdict(
      checking: ProblemContext(
        status: 400, contentType: type, body: bytes, request: request,
        url: "https://example.com/a/b"),
      status: 400, type: "/p"
    ) {
      $0.error(at: "/a")
      $0.allowLeak(at: "/debug", because: "fuzzed")
    }
    precondition(!verdict.description.isEmpty)
    precondition(verdict.findings.allSatisfy { !$0.description.isEmpty })
    if let problem = verdict.problem { check(problem) }
  }
  let reading = XMLProblem.read(bytes)
  precondition(reading.findings.allSatisfy { !$0.description.isEmpty })
  if let problem = reading.problem { check(problem) }
  if let tree = try? XMLTree(parsing: bytes) {
    guard let again = try? XMLTree(parsing: tree.prettyText) else {
      preconditionFailure("what was written cannot be read: \(tree.prettyText)")
    }
    precondition(again.prettyText == tree.prettyText, "what was written and read differs")
    _ = try? tree.matches("//a[@b='c']/*/text()")
  }
  if count < 200 { _ = try? XPath(parsing: String(decoding: bytes, as: UTF8.self)) }
  return 0
}

/// What can be written can be read, and is the same.
private func check(_ problem: Problem) {
  _ = problem.validationErrors
  guard let object = try? problem.jsonObject() else { return }
  let again = Problem(object)
  precondition(again.type == problem.type && again.title == problem.title)
  precondition(again.extensions == problem.extensions)
}
