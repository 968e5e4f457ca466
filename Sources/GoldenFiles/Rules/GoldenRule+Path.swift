import HarnessJSON

extension GoldenRule {
  /// Whether the rule speaks of a place.
  func covers(_ pointer: JSONPointer) -> Bool {
    guard let place, place.count == pointer.tokens.count else { return false }
    return zip(place, pointer.tokens).allSatisfy { $0 == "*" || $0.hasSameBytes(as: $1) }
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

extension [GoldenRule] {
  /// A rule that may speak of something inside a value, and the rest of its path from there.
  private typealias Reach = (rule: Int, path: ArraySlice<String>)

  /// The value with each place that a rule speaks of changed, by the first such rule.
  ///
  /// Only the ways to those places are walked, so neither the size of the value nor its depth counts.
  func mapPlaces(
    in value: JSONValue, _ change: (_ rule: Int, JSONValue, JSONPointer) -> JSONValue
  ) -> JSONValue {
    let reaches = indices.compactMap { index in
      self[index].place.map { Reach(rule: index, path: $0[...]) }
    }
    return map(value, at: JSONPointer(), reaches, change)
  }

  private func map(
    _ value: JSONValue, at place: JSONPointer, _ reaches: [Reach],
    _ change: (_ rule: Int, JSONValue, JSONPointer) -> JSONValue
  ) -> JSONValue {
    if let reach = reaches.first(where: { $0.path.isEmpty }) {
      return change(reach.rule, value, place)
    }
    func mapped(_ content: JSONValue, _ token: String) -> JSONValue {
      let further = reaches.compactMap { reach -> Reach? in
        guard let first = reach.path.first, first == "*" || first.hasSameBytes(as: token) else {
          return nil
        }
        return (reach.rule, reach.path.dropFirst())
      }
      return further.isEmpty
        ? content : map(content, at: place.appending(token), further, change)
    }
    switch value {
    case .array(var elements):
      for index in elements.indices {
        elements[index] = mapped(elements[index], String(index))
      }
      return .array(elements)
    case .object(var object):
      for index in object.members.indices {
        let member = object.members[index]
        object.members[index].value = mapped(member.value, member.name)
      }
      return .object(object)
    case .null, .bool, .number, .string: return value
    }
  }
}
