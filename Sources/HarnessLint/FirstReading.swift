/// A source that was read once, for what must be known before it is judged: members may be used before they
/// are declared, and an allowance may follow what it allows.
struct FirstReading {
  private let bytes: [UInt8]
  private let members: ClockMembers
  let allowances: AllowanceBook

  init(_ bytes: [UInt8]) throws(NestingError) {
    var window = TokenWindow(bytes)
    var scopes = ScopeTracker()
    while try window.advance() { try scopes.take(window) }
    self.bytes = bytes
    members = scopes.found
    allowances = window.allowances
  }

  /// Reads it again, and calls `body` with what is forbidden, whether it is allowed there or not.
  func forEachMatch(_ body: (Match) -> Void) throws(NestingError) {
    var window = TokenWindow(bytes)
    var scopes = ScopeTracker(known: members)
    while try window.advance() {
      if window[0].kind == .name, window[0].word != .other,
        let match = Detector(window: window, scopes: scopes, members: members).match()
      {
        body(match)
      }
      try scopes.take(window)
    }
  }
}
