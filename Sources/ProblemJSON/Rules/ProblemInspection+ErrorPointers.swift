import HarnessJSON

extension ProblemInspection {
  /// Checks the `pointer` of each validation error, whatever the shape of their list.
  mutating func checkErrorPointers(of problem: Problem) {
    let body = requestDocument
    for member in problem.extensions {
      guard let errors = member.value.arrayValue else { continue }
      for (index, error) in errors.enumerated() {
        guard let value = error["pointer"] else { continue }
        let place = JSONPointer(tokens: [member.name, "\(index)", "pointer"])
        guard let text = value.stringValue else {
          found(
            .errorPointers, at: place, "the pointer is no string",
            actual: value.excerpt(limit: 80))
          continue
        }
        check(text, at: place, in: body)
      }
    }
  }

  private mutating func check(_ text: String, at place: JSONPointer, in body: JSONValue?) {
    let actual = JSONValue.string(text).excerpt(limit: 240)
    do {
      let pointer = try JSONPointer(parsing: text)
      if !text.hasPrefix("#") {
        found(
          .errorPointers, .advice, at: place,
          "the pointer is not written as a URI fragment (RFC 6901, section 6)",
          expected: JSONValue.string(pointer.fragment).excerpt(limit: 240), actual: actual)
      }
      // A missing member is pointed at too: its parent must exist, not itself.
      let parent = JSONPointer(tokens: Array(pointer.tokens.dropLast()))
      if let body, body[parent] == nil {
        found(
          .errorPointers, at: place, "the pointer leads nowhere in the request that was sent",
          actual: actual)
      }
    } catch {
      found(.errorPointers, at: place, "\(error)")
    }
  }

  /// The body of the request, where it is JSON.
  private var requestDocument: JSONValue? {
    guard let body = context.request?.body, !body.isEmpty else { return nil }
    return try? JSONValue(parsing: body)
  }
}
