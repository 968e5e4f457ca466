public import HarnessJSON

/// JSON Lines: a value on each line, compared by meaning, with rules for what varies.
///
/// The lines are an array for the rules: `/*/id` is the member `id` of every line.
///
/// Source: https://jsonlines.org
public struct JSONLinesGolden: GoldenFormat {
  /// The extension of the files.
  public let fileExtension = "jsonl"

  /// Makes the format.
  public init() {}

  /// The compact values, each with a line feed; no values are an empty file.
  public func write(_ value: [JSONValue]) -> [UInt8] {
    value.flatMap { $0.compactText.utf8 + [UInt8(ascii: "\n")] }
  }

  /// The values of a file: lines end with a line feed or CRLF, and empty ones count for nothing.
  ///
  /// - Throws: The first line that is not JSON, with its number.
  public func read(_ bytes: [UInt8]) throws -> [JSONValue] {
    let lines = bytes.withoutByteOrderMark.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var values: [JSONValue] = []
    for (index, line) in lines.enumerated() {
      if line.allSatisfy({ " \t\r".utf8.contains($0) }) { continue }
      do {
        values.append(try JSONValue(parsing: Array(line)))
      } catch {
        throw UnreadableGolden(
          reason: "line \(index + 1): \(error.message) (column \(error.column))")
      }
    }
    return values
  }

  /// Compares the lines in order, unless a rule for the place `""` says otherwise.
  public func compare(
    _ actual: [JSONValue], with golden: [JSONValue]?, rules: [GoldenRule]
  ) -> GoldenComparison<[JSONValue]> {
    let comparison = MeaningComparison(rules: rules, placeText: Self.place)
      .compare(.array(actual), with: golden.map { .array($0) })
    return GoldenComparison(
      differences: comparison.differences, violations: comparison.violations,
      candidate: comparison.candidate.arrayValue.map { Array($0) } ?? actual)
  }

  private static func place(_ pointer: JSONPointer) -> String {
    guard let first = pointer.tokens.first, let index = Int(first) else { return "the lines" }
    let inside = JSONPointer(tokens: Array(pointer.tokens.dropFirst()))
    return "line \(index + 1)" + (inside.tokens.isEmpty ? "" : ", \(inside.excerpt)")
  }
}

extension GoldenFormat where Self == JSONLinesGolden {
  /// A JSON value on each line.
  public static var jsonLines: JSONLinesGolden { JSONLinesGolden() }
}
