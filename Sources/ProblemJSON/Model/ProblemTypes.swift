import HarnessLock

/// A problem type as its definition documents it.
///
/// Source: RFC 9457, section 4.
public struct ProblemType: Sendable {
  /// The type's URI.
  public var uri: String
  /// The title; nil where the definition leaves it open.
  public var title: String?
  /// The status codes it comes with; none where the definition leaves them open.
  public var statuses: Set<Int>
  /// The extension members that every problem of this type has.
  public var members: [String]
  /// Whether the response says when to try again, in `Retry-After`.
  public var needsRetryAfter: Bool

  /// Describes a type.
  public init(
    _ uri: String, title: String? = nil, statuses: Set<Int> = [], members: [String] = [],
    needsRetryAfter: Bool = false
  ) {
    self.uri = uri
    self.title = title
    self.statuses = statuses
    self.members = members
    self.needsRetryAfter = needsRetryAfter
  }
}

/// The problem types that a service documents: any other, but `about:blank` and those of IANA, is a finding.
///
/// ```swift
/// let types = ProblemTypes([
///   ProblemType("https://example.com/problems/out-of-credit", title: "You are out of credit.", statuses: [403],
///     members: ["balance"]),
/// ])
/// ```
public struct ProblemTypes: Sendable {
  /// The types.
  public var types: [ProblemType]
  /// The beginnings of addresses where types are documented; none where a suite does not say.
  ///
  /// They are only compared: nothing is ever fetched (RFC 9457, section 3.1.1).
  public var documentedBelow: [String]

  /// Declares the types of a service.
  public init(_ types: [ProblemType], documentedBelow: [String] = []) {
    self.types = types
    self.documentedBelow = documentedBelow
  }

  /// The declaration of a type, by its URI or by both resolved against a base.
  func declaration(of type: String, base: String?) -> ProblemType? {
    types.first { declared in
      let uri = base.flatMap { URIReference.resolve(declared.uri, against: $0) } ?? declared.uri
      return uri == type || declared.uri == type
    }
  }
}

/// The titles of the problems of a run: a type has one title in each language.
///
/// Give the same one to every context of a run.
///
/// Source: RFC 9457, section 3.1.3.
public final class ProblemTitles: Sendable {
  private struct Key: Hashable {
    let type: String
    let language: String
  }

  private let known = Lock<[Key: String]>([:])

  /// Knows no titles yet.
  public init() {}

  /// Notes the title of a type; the answer is another one that came before, if any.
  func note(_ title: String, of type: String, in language: String?) -> String? {
    let key = Key(type: type, language: (language ?? "").lowercased())
    return known.withLock { known in
      guard let before = known[key] else {
        known[key] = title
        return nil
      }
      return before == title ? nil : before
    }
  }
}

/// The problem types that are registered with IANA or about to be, as RFCs and drafts name them.
///
/// Source: RFC 9457, section 4.2; RFC 9458, section 5.3; drafts on rate limits and resumable uploads.
enum RegisteredTypes {
  static let prefix = "https://iana.org/assignments/http-problem-types#"

  static let names: Set = [
    "about:blank", "date", "ohttp-key", "quota-exceeded", "temporary-reduced-capacity",
    "abnormal-usage-detected", "mismatching-upload-offset", "inconsistent-upload-length",
    "completed-upload",
  ]

  /// Whether a type is meant to be one of the registry, be it spelt right or not.
  static func isMeant(_ type: String) -> Bool {
    type.lowercased().contains("iana.org/assignments/http-problem-types")
  }
}
