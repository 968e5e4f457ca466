import HarnessJSON

extension ProblemInspection {
  /// What is worth knowing of the texts and of how they were negotiated.
  mutating func checkTexts(of problem: Problem) {
    checkDetail(of: problem)
    checkNesting(of: problem)
    checkMixedErrors(of: problem)
    guard let request = context.request else { return }
    if let accept = request.accept, Self.refuses("application/problem+json", accept) {
      found(
        .negotiatedType, at: JSONPointer(), "the client refuses problem documents",
        actual: "Accept: \(accept.cut(to: 240).withInvisiblesShown)")
    }
    if let wanted = request.acceptLanguage, context.contentLanguage == nil,
      problem.title != nil || problem.detail != nil
    {
      found(
        .negotiatedLanguage, at: JSONPointer(),
        "the client asks for a language, and the response does not say which one it is in",
        expected: "a Content-Language field",
        actual: "Accept-Language: \(wanted.cut(to: 80).withInvisiblesShown)")
    }
  }

  private mutating func checkDetail(of problem: Problem) {
    guard let detail = problem.detail else { return }
    let pointer = JSONPointer(tokens: ["detail"])
    let actual = JSONValue.string(detail).excerpt(limit: 240)
    if let title = problem.title, !title.isEmpty, title == detail {
      found(
        .helpfulDetail, at: pointer,
        "the detail repeats the title: it says nothing of this occurrence", actual: actual)
    }
    guard detail.hasPrefix("{") || detail.hasPrefix("["),
      let value = try? JSONValue(parsing: detail)
    else { return }
    if value.objectValue != nil || value.arrayValue != nil {
      found(
        .readableDetail, at: pointer,
        "the detail is JSON in a text: clients should not parse it, extension members are for that",
        actual: actual)
    }
  }

  /// Serialisers that do not know of extensions put them into a member, in which no client looks.
  private mutating func checkNesting(of problem: Problem) {
    for name in ["extensions", "parameters", "properties"] {
      guard let object = problem[name]?.objectValue, !object.isEmpty else { continue }
      found(
        .plainExtensions, at: JSONPointer(tokens: [name]),
        "extensions seem to be nested in a member, where clients that know them do not find them",
        actual: JSONValue.object(object).excerpt(limit: 80))
    }
  }

  private mutating func checkMixedErrors(of problem: Problem) {
    guard let errors = problem["errors"]?.arrayValue else { return }
    var types: [String] = []
    for error in errors {
      if let type = error["type"]?.stringValue, !types.contains(type) { types.append(type) }
      if types.count > 1 { break }
    }
    guard types.count > 1 else { return }
    found(
      .oneProblem, at: JSONPointer(tokens: ["errors"]),
      "the errors have different types: the most relevant one should be the problem",
      actual: types.map { JSONValue.string($0).excerpt(limit: 80) }.joined(separator: ", "))
  }

  /// Whether an `Accept` field gives a media type the quality 0.
  ///
  /// Source: RFC 9110, sections 12.4.2 and 12.5.1.
  private static func refuses(_ type: String, _ accept: String) -> Bool {
    accept.lowercased().split(separator: ",").contains { range in
      let parts = range.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
      guard parts.first == type else { return false }
      return parts.dropFirst().contains { part in
        part.hasPrefix("q=") && Double(part.dropFirst(2)) == 0
      }
    }
  }
}
