import HarnessJSON

extension ProblemInspection {
  /// Holds the type against what the suite declares, and against IANA's registry.
  mutating func checkType(of problem: Problem) {
    let type = problem.resolvedType(base: context.url)
    guard type != "about:blank" else { return checkRetryAfter(needs: false) }
    let pointer = JSONPointer(tokens: ["type"])
    let actual = JSONValue.string(problem.type).excerpt(limit: 240)
    if RegisteredTypes.isMeant(type) {
      checkRegistered(type, at: pointer, actual)
      return checkRetryAfter(needs: false)
    }
    guard let types = context.types else { return checkRetryAfter(needs: false) }
    let isWeb = type.hasPrefix("https://") || type.hasPrefix("http://")
    let isDocumented = types.documentedBelow.contains { type.hasPrefix($0) }
    if isWeb, !types.documentedBelow.isEmpty, !isDocumented {
      found(
        .documentedType, at: pointer, "the type leads to no place where types are documented",
        expected: "an address below "
          + types.documentedBelow.prefix(5).joined(separator: " or below "), actual: actual)
    }
    guard let declared = types.declaration(of: type, base: context.url) else {
      // Documented elsewhere is worse than not declared, and is told already.
      if types.types.isEmpty || (isWeb && !types.documentedBelow.isEmpty && !isDocumented) {
        return
      }
      found(
        .definedType, at: pointer, "the suite does not declare this type",
        expected: "one of \(types.types.count) types, such as "
          + JSONValue.string(types.types[0].uri).excerpt(limit: 80), actual: actual)
      return
    }
    check(problem, by: declared)
  }

  private mutating func check(_ problem: Problem, by declared: ProblemType) {
    if !declared.statuses.isEmpty, !declared.statuses.contains(context.status) {
      let statuses = declared.statuses.sorted().map(String.init).joined(separator: ", ")
      found(
        .definedType, at: JSONPointer(), "the type does not come with this status",
        expected: statuses, actual: "\(context.status)")
    }
    if let title = declared.title, context.isEnglish, let actual = problem.title, title != actual {
      found(
        .definedType, .should, at: JSONPointer(tokens: ["title"]),
        "the title is not that of the type", expected: JSONValue.string(title).excerpt(limit: 240),
        actual: JSONValue.string(actual).excerpt(limit: 240))
    }
    for name in declared.members where problem[name] == nil {
      found(
        .definedType, at: JSONPointer(tokens: [name]),
        "every problem of this type has the member, and this one has not")
    }
    checkRetryAfter(needs: declared.needsRetryAfter)
  }

  private mutating func checkRegistered(_ type: String, at pointer: JSONPointer, _ actual: String) {
    let isSpeltRight = type.hasPrefix(RegisteredTypes.prefix)
    let name = String(type.drop { $0 != "#" }.dropFirst())
    if !isSpeltRight {
      found(
        .registeredType, at: pointer, "the registry's address is written otherwise",
        expected: JSONValue.string(RegisteredTypes.prefix + name).excerpt(limit: 240),
        actual: actual)
    } else if !RegisteredTypes.names.contains(name) {
      found(
        .registeredType, at: pointer, "no registered type that is known here has this name",
        actual: actual)
    }
  }

  /// Source: RFC 9110, section 10.2.3.
  private mutating func checkRetryAfter(needs isNeeded: Bool) {
    guard let value = context.retryAfter else {
      if isNeeded {
        found(
          .retryAfter, at: JSONPointer(),
          "the type says when to try again, and the response has no Retry-After")
      }
      return
    }
    let text = value.filter { $0 != " " }
    let isSeconds = !text.isEmpty && text.utf8.allSatisfy(\.isDigit)
    // The three forms of a date all have a day's name first and a clock's colons.
    let isDate =
      ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains { value.hasPrefix($0) }
      && value.utf8.count { $0 == UInt8(ascii: ":") } == 2
    if !isSeconds, !isDate {
      found(
        .retryAfter, at: JSONPointer(), "Retry-After is neither seconds nor a date",
        actual: JSONValue.string(value).excerpt(limit: 80))
    }
  }

  mutating func checkTitle(of problem: Problem) {
    guard let title = problem.title, problem.type != "about:blank" else { return }
    let type = problem.resolvedType(base: context.url)
    guard let before = context.titles?.note(title, of: type, in: context.contentLanguage) else {
      return
    }
    found(
      .stableTitle, at: JSONPointer(tokens: ["title"]),
      "another problem of this type had another title",
      expected: JSONValue.string(before).excerpt(limit: 240),
      actual: JSONValue.string(title).excerpt(limit: 240))
  }
}
