public import Testing

/// Runs `body`, which must fail the Swift Testing test, and gives the texts of its failures instead.
///
/// The lines that name files of evidence are left out: their numbers depend on what else has failed.
public func failureTexts(
  _ body: @escaping @Sendable () async throws -> Void,
  sourceLocation: SourceLocation = #_sourceLocation
) async throws -> [String] {
  let texts = TextBox()
  try await withKnownIssue(sourceLocation: sourceLocation) {
    try await body()
  } matching: { issue in
    texts.append(issue.comments.map(\.rawValue).joined(separator: "\n"))
    return true
  }
  return texts.all.map { text in
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("  evidence  ") }.joined(separator: "\n")
  }
}
