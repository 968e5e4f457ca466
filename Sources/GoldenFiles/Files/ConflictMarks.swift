/// The marks that a merge leaves in a file whose two sides could not be joined.
enum ConflictMarks {
  /// The line of the first mark, counted from 1; nil where the three marks are not there in order.
  static func line(in bytes: [UInt8]) -> Int? {
    var line = 1
    var first: Int?
    var isDivided = false
    var rest = bytes[...]
    while !rest.isEmpty {
      if first == nil, rest.starts(with: "<<<<<<< ".utf8) {
        first = line
      } else if first != nil, !isDivided, isDivider(rest) {
        isDivided = true
      } else if let first, isDivided, rest.starts(with: ">>>>>>> ".utf8) {
        return first
      }
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      rest = rest[(end + 1)...]
      line += 1
    }
    return nil
  }

  private static func isDivider(_ rest: ArraySlice<UInt8>) -> Bool {
    guard rest.starts(with: "=======".utf8) else { return false }
    return rest.count == 7 || "\r\n".utf8.contains(rest[rest.startIndex + 7])
  }
}
