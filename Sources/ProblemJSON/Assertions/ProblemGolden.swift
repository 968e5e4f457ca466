public import GoldenFiles
import HarnessJSON

/// Problem documents as golden files: the members of the standard first, compared by meaning.
///
/// ```swift
/// try expectGolden(problem, as: .problem, named: "unknown-report", rules: [.uuid("/instance")])
/// ```
public struct ProblemGolden: GoldenFormat {
  private let json = JSONGolden()

  /// The extension of the files.
  public let fileExtension = "problem.json"

  /// Makes the format.
  public init() {}

  /// The problem with indentation: written leniently, for what a service sent may break the rules.
  public func write(_ value: Problem) -> [UInt8] {
    json.write(Self.document(value))
  }

  /// The problem of a file.
  ///
  /// - Throws: `JSONError` when the file is not JSON, or when it is no object.
  public func read(_ bytes: [UInt8]) throws -> Problem {
    guard let object = try json.read(bytes).objectValue else { throw NoProblem() }
    return Problem(object)
  }

  /// Compares the members by meaning; what has the wrong type is compared as it is.
  public func compare(
    _ actual: Problem, with golden: Problem?, rules: [GoldenRule]
  ) -> GoldenComparison<Problem> {
    let comparison = json.compare(
      Self.document(actual), with: golden.map(Self.document), rules: rules)
    return GoldenComparison(
      differences: comparison.differences, violations: comparison.violations,
      candidate: Problem(comparison.candidate.objectValue ?? JSONObject()))
  }

  /// The members in the order of RFC 9457, and those that a client ignores.
  private static func document(_ problem: Problem) -> JSONValue {
    var members: [JSONObject.Member] = []
    func add(_ name: String, _ value: JSONValue?) {
      let ignored = problem.ignored.first { $0.name == name }?.found
      if let value = ignored ?? value { members.append(.init(name: name, value: value)) }
    }
    add("type", .string(problem.type))
    add("title", problem.title.map(JSONValue.string))
    add("status", problem.status.map { .number(JSONNumber($0)) })
    add("detail", problem.detail.map(JSONValue.string))
    add("instance", problem.instance.map(JSONValue.string))
    return .object(JSONObject(members + problem.extensions))
  }

  private struct NoProblem: Error, CustomStringConvertible {
    let description = "a problem document is a JSON object"
  }
}

extension GoldenFormat where Self == ProblemGolden {
  /// Problem documents, compared by meaning.
  public static var problem: ProblemGolden { ProblemGolden() }
}
