/// A source that is nested too deep to be read; the compiler refuses it too.
package struct NestingError: Error, Equatable {
  /// The line where the limit was passed, counted from 1.
  package var line: Int
  /// The column, counted from 1 in bytes of UTF-8.
  package var column: Int

  init(place: SourcePlace) {
    line = place.line
    column = place.column
  }
}

extension NestingError: CustomStringConvertible {
  package var description: String { "nested deeper than \(Lexer.maximumDepth) levels" }
}
