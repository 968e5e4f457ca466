package import GoldenFiles

/// What may have become of a golden file on its way through editors and version control.
package struct GoldenDamage: Sendable {
  package let name: String
  private let change: @Sendable ([UInt8]) -> [UInt8]

  /// Each kind, after the file as it was written.
  package static let all = [
    GoldenDamage(name: "as it was written") { $0 },
    GoldenDamage(name: "CRLF at its line ends") { bytes in
      bytes.flatMap { $0 == UInt8(ascii: "\n") ? Array("\r\n".utf8) : [$0] }
    },
    GoldenDamage(name: "a byte-order mark") { [0xEF, 0xBB, 0xBF] + $0 },
    GoldenDamage(name: "no line feed at its end") {
      $0.last == UInt8(ascii: "\n") ? $0.dropLast() : $0
    },
    GoldenDamage(name: "empty") { _ in [] },
    GoldenDamage(name: "the marks of a merge conflict") {
      Array("<<<<<<< HEAD\n".utf8) + $0 + Array("=======\n".utf8) + $0
        + Array(">>>>>>> branch\n".utf8)
    },
  ]

  /// What a value is told of its golden file for each kind, as a table.
  package static func table<Format: GoldenFormat>(
    _ value: Format.Value, as format: Format
  ) throws -> String {
    let written = try format.write(value)
    return try all.map { damage in
      let review = try GoldenReview(
        of: value, as: format, stored: damage.change(written), rules: [])
      let lines = review.differences.flatMap {
        $0.description.split(separator: "\n", omittingEmptySubsequences: false)
      }
      let told = lines.isEmpty ? "  the same\n" : lines.map { "  \($0)\n" }.joined()
      return "\(damage.name)\n\(told)"
    }.joined()
  }
}
