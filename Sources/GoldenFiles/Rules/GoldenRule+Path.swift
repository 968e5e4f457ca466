import HarnessJSON

extension GoldenRule {
  /// Whether the rule speaks of a place.
  func covers(_ pointer: JSONPointer) -> Bool {
    guard let pattern = try? JSONPointer(parsing: path),
      pattern.tokens.count == pointer.tokens.count
    else { return false }
    return zip(pattern.tokens, pointer.tokens).allSatisfy { $0 == "*" || $0.hasSameBytes(as: $1) }
  }

  /// Why the path is no place; nil when it is one.
  var pathMistake: JSONPointerError? {
    do throws(JSONPointerError) {
      _ = try JSONPointer(parsing: path)
      return nil
    } catch {
      return error
    }
  }
}
