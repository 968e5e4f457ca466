/// What a server sent on a connection that had nothing to answer.
struct LateBytes: Sendable {
  /// So many are told; the others are counted.
  static let limit = 10
  private static let excerptLimit = 200

  /// The number of the connection.
  let connection: Int
  /// The exchange that was the last before it.
  let after: String
  /// The bytes, where they are known.
  let bytes: [UInt8]?

  /// Keeps no more than is told.
  init(connection: Int, after: String, bytes: (some Collection<UInt8>)?) {
    self.connection = connection
    self.after = after
    count = bytes?.count
    self.bytes = bytes.map { Array($0.prefix(Self.excerptLimit)) }
  }

  private let count: Int?

  /// All of them in words; nil where there are none.
  static func text(_ late: [LateBytes], of count: Int) -> String? {
    guard count > 0 else { return nil }
    var lines = [
      "the server sent bytes that belong to no answer, and each connection was closed for it"
    ]
    for one in late {
      var line = "behind \(one.after), connection \(one.connection)"
      if let bytes = one.bytes, let count = one.count {
        line += ", \(byteCount(count)): \(Excerpt.body(bytes, of: count, limit: excerptLimit))"
      }
      lines.append(Excerpt.row("late", line))
    }
    if count > late.count { lines.append(Excerpt.row("", "… (+\(count - late.count))")) }
    return lines.joined(separator: "\n")
  }
}
