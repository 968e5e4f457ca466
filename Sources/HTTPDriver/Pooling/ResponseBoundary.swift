import NIOHTTP1

/// Finds in the bytes of a connection where one response ends, and decides whether another may follow it.
///
/// It only decides. The decoder behind it knows where a message ends, but tells nobody of the bytes that it holds back:
/// the beginning of a message that nobody asked for would become the beginning of the next answer.
struct ResponseBoundary {
  /// How the end of a body is known.
  ///
  /// Source: RFC 9112, section 6.3.
  enum Framing: Equatable {
    case none
    case length(Int)
    case chunked
    /// It ends with the connection.
    case untilClose
  }

  /// What becomes of a connection whose response is over.
  enum Verdict: Equatable {
    /// It may carry another exchange.
    case keep
    case close
    /// So many bytes came behind the response, which nobody asked for; nil where their number is not known.
    case late(Int?)
  }

  private enum Stage {
    case idle
    case head
    case body(Framing)
  }

  private var stage = Stage.idle
  private var method = HTTPMethod.GET
  private var persists = false
  /// How many bytes of an empty line, with the line end before it, lie at the end of what has come.
  private var matched = 0
  /// Whether the end of the head was found, by the same line ends as the decoder found it.
  private var knowsHead = false
  /// The bytes that came behind the head.
  private var behindHead = 0
  /// Whether any byte of an answer has come.
  private(set) var hasBytes = false

  /// What the bytes that come now are.
  enum Part: Equatable {
    /// Nothing that was asked for.
    case late
    case head
    case body
  }

  /// What the bytes that come now are.
  var part: Part {
    switch stage {
    case .idle: .late
    case .head: .head
    case .body: .body
    }
  }

  /// A request is sent.
  mutating func asked(_ request: HTTPRequestHead) {
    stage = .head
    method = request.method
    persists = !Self.options(in: request.headers).close
    matched = 0
    knowsHead = false
    behindHead = 0
    hasBytes = false
  }

  /// Bytes have come; gives how many of them belong to a head that is complete with them, which the decoder must see
  /// before the rest.
  mutating func received(_ bytes: some RandomAccessCollection<UInt8>) -> Int? {
    hasBytes = true
    switch stage {
    case .idle: return nil
    case .head:
      behindHead = 0
      var count = 0
      for byte in bytes {
        count += 1
        match(byte)
        guard matched == 4 else { continue }
        // What lies behind it counts now: a message without a body ends while its head is decoded.
        matched = 0
        knowsHead = true
        countBody(bytes.dropFirst(count))
        return count
      }
      return nil
    case .body:
      countBody(bytes)
      return nil
    }
  }

  /// A head was decoded; after an informational one another follows, in bytes that are then received anew.
  mutating func received(_ head: HTTPResponseHead) {
    if (100...199).contains(head.status.code), head.status.code != 101 {
      matched = 0
      knowsHead = false
      return
    }
    let options = Self.options(in: head.headers)
    persists =
      persists && !options.close
      && (head.version.minor >= 1 || options.keepAlive)
    stage = .body(Self.framing(of: head, to: method))
  }

  /// The response is over; says what becomes of the connection.
  ///
  /// Source: RFC 9112, section 9.3.
  mutating func ended() -> Verdict {
    defer { stage = .idle }
    guard knowsHead, case .body(let framing) = stage else { return .close }
    switch framing {
    case .none where behindHead > 0: return .late(behindHead)
    case .length(let length) where behindHead > length: return .late(behindHead - length)
    // Its last line is empty. A whole head behind it has an empty line as well, and is one that the decoder refuses.
    case .chunked where matched != 4 && persists: return .late(nil)
    case .untilClose: return .close
    case .none, .length, .chunked: return persists ? .keep : .close
    }
  }

  /// Source: RFC 9112, section 6.3.
  static func framing(of head: HTTPResponseHead, to method: HTTPMethod) -> Framing {
    // Both end HTTP on this connection.
    if head.status.code == 101 { return .untilClose }
    if method == .CONNECT, (200...299).contains(head.status.code) { return .untilClose }
    if method == .HEAD || head.status.code == 204 || head.status.code == 304 { return .none }
    if let coding = head.headers.last(where: { isName($0.name, "transfer-encoding") }) {
      let last = coding.value.split(separator: ",").last?.trimmingSpace
      return last?.lowercased() == "chunked" ? .chunked : .untilClose
    }
    if let length = head.headers.first(where: { isName($0.name, "content-length") }) {
      // The decoder has refused what is no number.
      return Int(length.value).map { .length($0) } ?? .untilClose
    }
    return .untilClose
  }

  private static func options(in headers: HTTPHeaders) -> (close: Bool, keepAlive: Bool) {
    var found = (close: false, keepAlive: false)
    for (name, value) in headers where isName(name, "connection") {
      for option in value.split(separator: ",") {
        switch option.trimmingSpace.lowercased() {
        case "close": found.close = true
        case "keep-alive": found.keepAlive = true
        default: break
        }
      }
    }
    return found
  }

  /// Compares with a name in lower case; mostly their lengths tell.
  private static func isName(_ name: String, _ expected: StaticString) -> Bool {
    name.utf8.count == expected.utf8CodeUnitCount && name.lowercased() == "\(expected)"
  }

  private mutating func countBody(_ bytes: some RandomAccessCollection<UInt8>) {
    behindHead += bytes.count
    if bytes.count >= 4 { matched = 0 }
    for byte in bytes.suffix(4) { match(byte) }
  }

  private mutating func match(_ byte: UInt8) {
    switch (matched, byte) {
    case (0, UInt8(ascii: "\r")), (1, UInt8(ascii: "\n")), (2, UInt8(ascii: "\r")),
      (3, UInt8(ascii: "\n")):
      matched += 1
    // The line end before it is the first one of another empty line.
    case (4, UInt8(ascii: "\r")): matched = 3
    case (_, UInt8(ascii: "\r")): matched = 1
    default: matched = 0
    }
  }
}

extension Substring {
  fileprivate var trimmingSpace: Substring {
    var text = self
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}
