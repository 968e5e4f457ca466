import HarnessJSON

extension ProblemInspection {
  mutating func checkReferences(of problem: Problem) {
    check(problem.type, .typeReference, at: JSONPointer(tokens: ["type"]))
    if let instance = problem.instance {
      check(instance, .instanceReference, at: JSONPointer(tokens: ["instance"]))
    }
  }

  private mutating func check(_ text: String, _ rule: ProblemRule, at pointer: JSONPointer) {
    let actual = JSONValue.string(text).excerpt(limit: 240)
    if let mistake = URIReference.mistake(in: text) {
      found(rule, at: pointer, "the value is no URI reference: \(mistake)", actual: actual)
    } else if text.isEmpty {
      found(
        rule, .advice, at: pointer,
        "an empty reference means the address of the document itself", actual: actual)
    } else if !URIReference.hasScheme(text), text.utf8.first != UInt8(ascii: "/") {
      found(
        .absoluteReference, at: pointer,
        "a relative reference without a leading slash means something else on every path",
        actual: actual)
    }
  }
}
