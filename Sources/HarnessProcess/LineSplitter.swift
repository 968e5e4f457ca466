/// Cuts a stream of bytes into lines, at LF or CR LF.
struct LineSplitter: Sendable {
  /// The longest line in bytes; what is over it is counted and dropped.
  let limit: Int
  private var open: [UInt8] = []
  private var dropped = 0

  init(limit: Int = 64 << 10) {
    self.limit = limit
  }

  /// Takes in the next bytes; gives the lines that they complete.
  mutating func append(_ bytes: some Collection<UInt8>) -> [String] {
    var lines: [String] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      extend(with: rest[..<end])
      lines.append(close())
      rest = rest[rest.index(after: end)...]
    }
    extend(with: rest)
    return lines
  }

  /// Ends the stream; gives the last line where no line feed ended it.
  mutating func finish() -> String? {
    open.isEmpty && dropped == 0 ? nil : close()
  }

  private mutating func extend(with bytes: some Collection<UInt8>) {
    let room = min(limit - open.count, bytes.count)
    open += bytes.prefix(room)
    dropped += bytes.count - room
  }

  private mutating func close() -> String {
    defer { (open, dropped) = ([], 0) }
    if dropped > 0 { return String(decoding: open, as: UTF8.self) + "… (+\(dropped) bytes)" }
    if open.last == UInt8(ascii: "\r") { open.removeLast() }
    return String(decoding: open, as: UTF8.self)
  }
}
