/// What a first reading of a source tells about names that may be used before they are declared.
struct ClockMembers {
  /// Whether each member of a type is a clock that a test may sleep on; those of the file are under nil.
  private var members: [String?: [String: Bool]] = [:]
  /// Whether something in the source is named `sleep`, so that the name alone is not the C library's.
  var declaresSleep = false

  /// Takes in a declaration; of two with one name, both must be such clocks.
  mutating func declare(_ name: String, of type: String?, isClock: Bool) {
    members[type, default: [:]][name, default: true] = isClock && members[type]?[name] ?? true
  }

  func names(of type: String?) -> [String: Bool] { members[type] ?? [:] }
}
