package import HTTPDriver
import HarnessLock
public import Waiters

/// A frame of HTTP/2, byte by byte.
///
/// Source: RFC 9113, section 4.1.
public struct Frame: Sendable, Equatable {
  /// What a frame carries, by its number.
  public enum Kind: UInt8, Sendable {
    case data = 0
    case headers, priority, reset, settings, pushPromise, ping, goAway, windowUpdate, continuation
  }

  /// What it carries.
  public var kind: Kind
  /// Its flags.
  public var flags: UInt8
  /// The number of its stream, 0 for the connection.
  public var stream: UInt32
  /// What follows its head.
  public var payload: [UInt8]

  /// Makes a frame of the first stream, unless another is given.
  public init(kind: Kind, flags: UInt8 = 0, stream: UInt32 = 1, payload: [UInt8] = []) {
    self.kind = kind
    self.flags = flags
    self.stream = stream
    self.payload = payload
  }

  /// The flag of the last frame of a stream.
  public static let endStream: UInt8 = 1
  /// The flag of the last frame of a head.
  public static let endHeaders: UInt8 = 4

  /// An empty SETTINGS frame, with which each side begins.
  public static let settings = Frame(kind: .settings, stream: 0)

  /// A head with the status 200, which the static table of HPACK has at 8.
  public static func ok(isLast: Bool = false) -> Frame {
    Frame(kind: .headers, flags: endHeaders | (isLast ? endStream : 0), payload: [0x88])
  }

  /// A head with this status and nothing else, written out.
  ///
  /// Source: RFC 7541, section 6.2.2; `:status` is at 8 of the static table.
  public static func head(status: String, isLast: Bool = false) -> Frame {
    let text = Array(status.utf8)
    return Frame(
      kind: .headers, flags: endHeaders | (isLast ? endStream : 0),
      payload: [0x08, UInt8(text.count)] + text)
  }

  /// A reset of the first stream.
  public static func reset(_ code: UInt8) -> Frame {
    Frame(kind: .reset, payload: [0, 0, 0, code])
  }

  /// The end of the connection, after the stream `last`.
  public static func goAway(last: UInt8, _ code: UInt8, _ debug: String) -> Frame {
    Frame(kind: .goAway, stream: 0, payload: [0, 0, 0, last, 0, 0, 0, code] + Array(debug.utf8))
  }

  /// The frame as it is sent.
  public var bytes: [UInt8] {
    let count = payload.count
    return [UInt8(count >> 16 & 0xff), UInt8(count >> 8 & 0xff), UInt8(count & 0xff)]
      + [kind.rawValue, flags] + [24, 16, 8, 0].map { UInt8(stream >> $0 & 0xff) } + payload
  }
}

/// Takes the frames apart that a client sends.
public struct FrameReader: Sendable {
  private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
  private var bytes: [UInt8] = []
  private var hasPreface = false

  /// Makes a reader of a connection that begins.
  public init() {}

  /// The frames that are complete with these bytes.
  public mutating func take(_ new: [UInt8]) -> [Frame] {
    bytes += new
    if !hasPreface, bytes.count >= Self.preface.count {
      hasPreface = true
      bytes.removeFirst(Self.preface.count)
    }
    var frames: [Frame] = []
    var start = 0
    while hasPreface, bytes.count - start >= 9 {
      let head = bytes[start..<start + 9].map(UInt32.init)
      let end = start + 9 + Int(head[0] << 16 | head[1] << 8 | head[2])
      guard bytes.count >= end, let kind = Frame.Kind(rawValue: bytes[start + 3]) else { break }
      frames.append(
        Frame(
          kind: kind, flags: bytes[start + 4],
          stream: head[5] << 24 | head[6] << 16 | head[7] << 8 | head[8],
          payload: Array(bytes[start + 9..<end])))
      start = end
    }
    bytes.removeFirst(start)
    return frames
  }
}

/// What a server of frames does when the head of a request has come.
public struct FrameScript: Sendable {
  /// How it goes on after its answer.
  public enum Ending: Sendable {
    /// Leaves the connection open and says no more.
    case hold
    /// Closes the connection in good order.
    case close
    /// Sends a TCP reset.
    case reset
    /// Sends these bytes over and over, until the client is gone.
    case flood([UInt8])
  }

  /// How many heads must have come; from then on each is answered.
  public var heads = 1
  /// What is sent.
  public var answer: [UInt8]
  /// What follows it.
  public var ending: Ending

  /// Describes a server that answers with these frames.
  public init(_ frames: [Frame], then ending: Ending = .hold) {
    self.init(bytes: frames.flatMap(\.bytes), then: ending)
  }

  /// Describes a server that answers with these bytes.
  public init(bytes: [UInt8], then ending: Ending = .hold) {
    answer = bytes
    self.ending = ending
  }

  /// Follows the script on a connection; `frames` hears what its client sends, and `flooded` of the bytes of each flood
  /// that have left.
  package func serve(
    _ stream: ByteStream, frames seen: Mailbox<Frame>? = nil,
    flooded: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    let reader = Lock(FrameReader())
    let come = Lock(0)
    stream.start { event in
      guard case .bytes(let bytes) = event else { return }
      for frame in reader.withLock({ $0.take(Array(bytes)) }) {
        seen?.send(frame)
        guard frame.kind == .headers else { continue }
        let isDue = come.withLock { come in
          come += 1
          return come >= heads
        }
        guard isDue else { continue }
        stream.write(answer)
        switch ending {
        case .hold: break
        case .close: stream.close()
        case .reset: stream.reset()
        // Ends with the connection, which the scope of the server closes.
        case .flood(let bytes): Task { while await stream.send(bytes) { flooded(bytes.count) } }
        }
      }
    }
  }
}

/// Runs `body` beside a server that answers the heads of requests with the script; `frames` hears what clients send.
public func withFrameServer<R>(
  _ script: FrameScript, frames seen: Mailbox<Frame>? = nil,
  _ body: (_ address: String) async throws -> R
) async throws -> R {
  let listener = try await ByteListener.tcp { script.serve($0, frames: seen) }
  guard let port = listener.port else { preconditionFailure("a TCP listener has a port") }
  let result: Result<R, any Error>
  do {
    result = .success(try await body("http://127.0.0.1:\(port)"))
  } catch {
    result = .failure(error)
  }
  await listener.close()
  return try result.get()
}
