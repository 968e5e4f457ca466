import HarnessJSON
import HarnessLines

/// Texts, compared byte by byte and shown line by line.
public struct TextGolden: GoldenFormat {
  /// The extension of the files, `txt` unless said otherwise.
  public let fileExtension: String

  /// Makes a format for texts in files with this extension.
  public init(fileExtension: String = "txt") {
    self.fileExtension = fileExtension
  }

  /// The text in UTF-8, as it is: with or without a line feed at its end.
  public func write(_ value: String) -> [UInt8] {
    Array(value.utf8)
  }

  /// The text of a file.
  ///
  /// - Throws: When the file is not UTF-8.
  public func read(_ bytes: [UInt8]) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw UnreadableGolden(reason: "it is not UTF-8")
    }
    return text
  }

  /// Compares the bytes; the difference is one finding with the lines around each change.
  public func compare(
    _ actual: String, with golden: String?, rules: [GoldenRule]
  ) -> GoldenComparison<String> {
    let violations = rules.map {
      GoldenFinding("the rule \($0) needs a place, and a text has none: make it a JSON golden")
    }
    guard let golden, !golden.hasSameBytes(as: actual) else {
      return GoldenComparison(differences: [], violations: violations, candidate: actual)
    }
    return GoldenComparison(
      differences: [GoldenFinding(lines: LineDifference(from: golden, to: actual))],
      violations: violations, candidate: actual)
  }
}

/// Why a golden file cannot be read.
struct UnreadableGolden: Error, CustomStringConvertible {
  let reason: String

  var description: String { reason }
}

extension GoldenFormat where Self == TextGolden {
  /// Texts, compared byte by byte and shown line by line.
  public static var text: TextGolden { TextGolden() }
}
