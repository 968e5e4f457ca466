/// A rule that a problem response is checked against, and where it comes from.
public struct ProblemRule: Sendable, Hashable, Identifiable {
  /// How binding a rule is.
  public enum Strength: String, Sendable, Comparable, CaseIterable {
    /// Worth knowing; never fails a test.
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

  /// `Content-Type` is `application/problem+json`; parameters are tolerated.
  public static let mediaType = ProblemRule("P01", section: "3", .must)
  /// The body is a JSON object whose member names are unique.
  public static let object = ProblemRule("P02", section: "3", .must)
  /// The members of the standard have the types it gives them; clients must ignore those that have not.
  public static let memberTypes = ProblemRule("P03", section: "3.1", .must)
  /// `type` is a URI reference.
  public static let typeReference = ProblemRule("P05", section: "3.1.1", .must)
  /// `type` and `instance` are absolute, or at least begin with a slash.
  public static let absoluteReference = ProblemRule("P07", section: "3.1.1", .advice)
  /// `status` is the status code of the response.
  public static let statusMatches = ProblemRule("P08", section: "3.1.2", .must)
  /// `status` is an integer from 100 to 599.
  public static let statusRange = ProblemRule("P09", section: "3.1.2", .must)
  /// `instance` is a URI reference.
  public static let instanceReference = ProblemRule("P13", section: "3.1.5", .must)
  /// Extension names begin with a letter, have letters, digits and `_`, and three characters or more.
  public static let extensionNames = ProblemRule("P16", section: "4", .should)
  /// The title of an `about:blank` problem is the phrase of its status code.
  public static let blankTitle = ProblemRule("P20", section: "4.2.1", .should)
  /// Nothing is told about the inside of the server, such as a stack trace.
  public static let noLeaks = ProblemRule("P22", section: "5", .should)
  /// The pointers of an `errors` array are JSON Pointers as URI fragments that lead into the request.
  public static let errorPointers = ProblemRule("P26", section: "3", .should)
  /// A problem comes with a status code of 400 or more.
  public static let errorStatus = ProblemRule("P30", section: "1", .advice)

  /// All rules, in the order of their names.
  public static let all = [
    mediaType, object, memberTypes, typeReference, absoluteReference, statusMatches, statusRange,
    instanceReference, extensionNames, blankTitle, noLeaks, errorPointers, errorStatus,
  ]
}
