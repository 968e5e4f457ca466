import ArgumentParser
import HarnessJSON

/// Compares two files by meaning.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Compares two JSON files by meaning: findings and a JSON Patch.")

  @Argument(help: "The expected file.") var expected: String
  @Argument(help: "The actual file.") var actual: String
  @Option(help: "When numbers are the same: value, lexeme or double.") var numbers = "value"
  @Option(help: "The distance up to which numbers are the same.") var absolute: String?
  @Option(help: "The same, as a part of the expected number.") var relative: String?
  @Option(help: "JSONPath of arrays whose order does not matter.") var unordered: [String] = []
  @Option(help: "JSONPath of arrays and a JSON Pointer to the key of an element: '$.rows=/id'.")
  var keyed: [String] = []
  @Option(help: "JSONPath of what does not matter.") var ignored: [String] = []

  func run() throws {
    let comparison = try self.comparison
    let difference = try JSONDifference(
      expected: requiredValue(of: expected), actual: requiredValue(of: actual), by: comparison)
    let result: JSONValue = [
      "same": .bool(difference.isEmpty), "findings": .array(difference.findings.map(\.value)),
      "patch": difference.patch.value,
      "unmatchedRules": .array(difference.unmatchedRules.map { .string($0.path.text) }),
    ]
    print(result.compactText)
    if !difference.isEmpty { throw ExitCode(1) }
  }

  private var comparison: JSONComparison {
    get throws {
      var comparison = JSONComparison(numbers: try policy)
      comparison.rules += try unordered.map { .unordered(try JSONPath(parsing: $0)) }
      comparison.rules += try ignored.map { .ignored(try JSONPath(parsing: $0)) }
      comparison.rules += try keyed.map { text in
        let parts = text.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { throw ValidationError("\(text) has no \"=\"") }
        return .keyed(
          try JSONPath(parsing: String(parts[0])), by: try JSONPointer(parsing: String(parts[1])))
      }
      return comparison
    }
  }

  private var policy: JSONComparison.NumberPolicy {
    get throws {
      if absolute != nil || relative != nil {
        guard let absolute = JSONNumber(absolute ?? "0"), let relative = JSONNumber(relative ?? "0")
        else { throw ValidationError("a tolerance is no number") }
        return .within(absolute: absolute, relative: relative)
      }
      switch numbers {
      case "value": return .value
      case "lexeme": return .lexeme
      case "double": return .double
      default: throw ValidationError("numbers are compared by value, lexeme or double")
      }
    }
  }
}

extension JSONDifference.Finding {
  fileprivate var value: JSONValue {
    var object = JSONObject([
      .init(name: "pointer", value: .string(pointer.description)),
      .init(name: "kind", value: .string(kind.rawValue)),
    ])
    if let actualPointer { object["actualPointer"] = .string(actualPointer.description) }
    if let expected { object["expected"] = expected }
    if let actual { object["actual"] = actual }
    if let note { object["note"] = .string(note) }
    return .object(object)
  }
}
