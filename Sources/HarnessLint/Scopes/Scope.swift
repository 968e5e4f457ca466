/// An open bracket, and what is known inside it.
struct Scope {
  enum Kind: Equatable {
    case file
    /// The body of a type or of an extension of it.
    case type(String)
    /// The body of a function, a closure or an accessor.
    case body
    /// The block of a statement that runs at most once.
    case block
    /// The block of a loop, and whether it can be one that asks again and again.
    case loop(isPolling: Bool)
    case parentheses(areParameters: Bool)
    case squareBrackets
  }

  /// What the next brace in a scope will open, by the keywords before it.
  enum Head: Equatable {
    case type(String)
    case function(Word)
    case statement
    case guarded
    case loop(isPolling: Bool, isRepeat: Bool)
  }

  var kind: Kind
  var head: Head?
  /// The names that are bound here, and whether each is a clock that a test may sleep on.
  var names: [String: Bool] = [:]
  /// The names that a head binds for the block which it opens.
  var pending: [String: Bool] = [:]
  /// The name right before the bracket.
  var callee: Token?
  /// Where the expression begins that the bracket belongs to.
  var expressionLine = 0
  /// Whether it is the body of a declared function `sleep`.
  var isSleep = false
  var isRepeat = false
  /// Whether it is the closure of `withVirtualTime` or the like.
  var isVirtual = false

  var isBrace: Bool {
    switch kind {
    case .file, .type, .body, .block, .loop: true
    case .parentheses, .squareBrackets: false
    }
  }

  /// Whether names in it are members: seen from everywhere in it, whatever the order.
  var hasMembers: Bool {
    switch kind {
    case .file, .type: true
    case .body, .block, .loop, .parentheses, .squareBrackets: false
    }
  }
}
