/// One event of a stream of server-sent events.
///
/// Source: HTML Standard, section 9.2.
public struct ServerSentEvent: Sendable, Hashable {
  /// Its type; `message` where the service gave none.
  public var type: String
  /// Its data; several `data` lines are joined by line feeds.
  public var data: String
  /// The last identifier that the service gave, with this event or one before it; empty where it gave none.
  public var id: String

  /// Makes an event.
  public init(type: String = "message", data: String, id: String = "") {
    self.type = type
    self.data = data
    self.id = id
  }
}

/// Reads server-sent events from lines.
///
/// Source: HTML Standard, section 9.2.6 (interpreting an event stream).
struct EventStreamParser {
  /// The greatest number of bytes of the data of one event.
  let dataLimit: Int
  private var data: [UInt8] = []
  private var hasData = false
  private var type = ""
  private var id = ""
  private var isFirstLine = true
  /// How long a client should wait before it connects again, in milliseconds, as the service said last.
  private(set) var retry: Int?

  init(dataLimit: Int = 1 << 20) {
    self.dataLimit = dataLimit
  }

  /// Takes in a line; gives the event that it completes.
  mutating func take(_ line: [UInt8]) throws(HTTPLineTooLong) -> ServerSentEvent? {
    var line = line[...]
    if isFirstLine, line.starts(with: [0xef, 0xbb, 0xbf]) { line = line.dropFirst(3) }
    isFirstLine = false
    guard !line.isEmpty else { return dispatch() }
    let colon = line.firstIndex(of: UInt8(ascii: ":"))
    let name = line[..<(colon ?? line.endIndex)]
    var value = colon.map { line[($0 + 1)...] } ?? []
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    switch String(decoding: name, as: UTF8.self) {
    case "data":
      guard data.count + value.count < dataLimit else { throw HTTPLineTooLong(limit: dataLimit) }
      data += value
      data.append(0x0a)
      hasData = true
    case "event": type = String(decoding: value, as: UTF8.self)
    case "id" where !value.contains(0): id = String(decoding: value, as: UTF8.self)
    case "retry" where !value.isEmpty && value.allSatisfy { (0x30...0x39).contains($0) }:
      retry = Int(String(decoding: value, as: UTF8.self))
    // Comments, which begin with a colon, and fields of no meaning.
    default: break
    }
    return nil
  }

  private mutating func dispatch() -> ServerSentEvent? {
    defer {
      data = []
      hasData = false
      type = ""
    }
    guard hasData else { return nil }
    return ServerSentEvent(
      type: type.isEmpty ? "message" : type,
      data: String(decoding: data.dropLast(), as: UTF8.self), id: id)
  }
}
