/// A rule that a problem response is checked against, and where it comes from.
public struct ProblemRule: Sendable, Hashable, Identifiable {
  /// How binding a rule is.
  public enum Strength: String, Sendable, Comparable, CaseIterable {
    /// Worth knowing; fails a test only where the test asks for it.
    case advice
    /// RFC 9457 says "should" or encourages it.
    case should
    /// RFC 9457 says "must", or the response is no problem document without it.
    case must

    /// Whether one is less binding than the other.
    public static func < (one: Self, other: Self) -> Bool {
      let order: [Self] = [.advice, .should, .must]
      return order.firstIndex(of: one) ?? 0 < order.firstIndex(of: other) ?? 0
    }
  }

  /// The short name in messages, such as `P08`.
  public let id: String
  /// The section of RFC 9457.
  public let section: String
  /// How binding the rule is; a single finding can be weaker.
  public let strength: Strength

  private init(_ id: String, section: String, _ strength: Strength) {
    self.id = id
    self.section = section
    self.strength = strength
  }

  /// `Content-Type` is `application/problem+json` or `application/problem+xml`; parameters are tolerated.
  public static let mediaType = ProblemRule("P01", section: "3", .must)
  /// The body is a JSON object whose member names are unique.
  public static let object = ProblemRule("P02", section: "3", .must)
  /// The members of the standard have the types it gives them; clients must ignore those that have not.
  public static let memberTypes = ProblemRule("P03", section: "3.1", .must)
  /// The type, resolved against the address of the response, is the one that the test expects.
  public static let typeIdentity = ProblemRule("P04", section: "3.1.1", .must)
  /// `type` is a URI reference.
  public static let typeReference = ProblemRule("P05", section: "3.1.1", .must)
  /// `type` leads to a place where the suite says that types are documented.
  public static let documentedType = ProblemRule("P06", section: "3.1.1", .should)
  /// `type` and `instance` are absolute, or at least begin with a slash.
  public static let absoluteReference = ProblemRule("P07", section: "3.1.1", .advice)
  /// `status` is the status code of the response.
  public static let statusMatches = ProblemRule("P08", section: "3.1.2", .must)
  /// `status` is an integer from 100 to 599.
  public static let statusRange = ProblemRule("P09", section: "3.1.2", .must)
  /// `title` is the same for every problem of a type, but for its language.
  public static let stableTitle = ProblemRule("P10", section: "3.1.3", .should)
  /// `detail` says more than the title.
  public static let helpfulDetail = ProblemRule("P11", section: "3.1.4", .advice)
  /// `detail` is text for people: data for programs is in extension members.
  public static let readableDetail = ProblemRule("P12", section: "3.1.4", .advice)
  /// `instance` is a URI reference.
  public static let instanceReference = ProblemRule("P13", section: "3.1.5", .must)
  /// Extension members stand beside the others, and not in a member of their own.
  public static let plainExtensions = ProblemRule("P14", section: "3.2", .advice)
  /// Where XML is offered, the names of extension members can be names of elements.
  public static let xmlNames = ProblemRule("P15", section: "3.2", .must)
  /// Extension names begin with a letter, have letters, digits and `_`, and three characters or more.
  public static let extensionNames = ProblemRule("P16", section: "4", .should)
  /// The type is one that the suite declares, with its title, status and members.
  public static let definedType = ProblemRule("P17", section: "4", .must)
  /// `Retry-After` is there where the type's definition wants it, and says a time.
  public static let retryAfter = ProblemRule("P18", section: "4", .should)
  /// Problems of different types are not joined into one.
  public static let oneProblem = ProblemRule("P19", section: "3", .advice)
  /// The title of an `about:blank` problem is the phrase of its status code.
  public static let blankTitle = ProblemRule("P20", section: "4.2.1", .should)
  /// A type of IANA's registry is written as it is registered.
  public static let registeredType = ProblemRule("P21", section: "4.2", .advice)
  /// No stack trace leaves the server.
  public static let noTraces = ProblemRule("P22", section: "5", .should)
  /// Nothing else is told about the inside of the server: queries, paths, addresses, credentials.
  public static let noInternals = ProblemRule("P23", section: "5", .should)
  /// A client that refuses problem documents gets none.
  public static let negotiatedType = ProblemRule("P24", section: "3", .advice)
  /// A client that asks for a language is told which one it got.
  public static let negotiatedLanguage = ProblemRule("P25", section: "1", .advice)
  /// The pointers of validation errors are JSON Pointers as URI fragments that lead into the request.
  public static let errorPointers = ProblemRule("P26", section: "3", .should)
  /// In XML the root is `problem` in the namespace `urn:ietf:rfc:7807`.
  public static let xmlRoot = ProblemRule("P27", section: "B", .must)
  /// In XML all elements are in that namespace.
  public static let xmlNamespace = ProblemRule("P28", section: "B", .must)
  /// In XML an array has only elements `i`, and an object none.
  public static let xmlArrays = ProblemRule("P29", section: "B", .must)
  /// A problem comes with a status code of 400 or more.
  public static let errorStatus = ProblemRule("P30", section: "1", .advice)

  /// All rules, in the order of their names.
  public static let all = [
    mediaType, object, memberTypes, typeIdentity, typeReference, documentedType,
    absoluteReference, statusMatches, statusRange, stableTitle, helpfulDetail, readableDetail,
    instanceReference, plainExtensions, xmlNames, extensionNames, definedType, retryAfter,
    oneProblem, blankTitle, registeredType, noTraces, noInternals, negotiatedType,
    negotiatedLanguage, errorPointers, xmlRoot, xmlNamespace, xmlArrays, errorStatus,
  ]
}
