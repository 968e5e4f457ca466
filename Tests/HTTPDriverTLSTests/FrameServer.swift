#if TLS
  import HTTPDriver
  import HarnessLock
  import Waiters

  /// A frame of HTTP/2, byte by byte.
  ///
  /// Source: RFC 9113, section 4.1.
  struct Frame: Sendable, Equatable {
    enum Kind: UInt8, Sendable {
      case data = 0
      case headers, priority, reset, settings, pushPromise, ping, goAway, windowUpdate, continuation
    }

    var kind: Kind
    var flags: UInt8 = 0
    var stream: UInt8 = 1
    var payload: [UInt8] = []

    static let endStream: UInt8 = 1
    static let endHeaders: UInt8 = 4

    /// An empty SETTINGS frame, with which each side begins.
    static let settings = Frame(kind: .settings, stream: 0)

    /// A head with the status 200, which the static table of HPACK has at 8.
    static func ok(isLast: Bool = false) -> Frame {
      Frame(kind: .headers, flags: endHeaders | (isLast ? endStream : 0), payload: [0x88])
    }

    static func reset(_ code: UInt8) -> Frame {
      Frame(kind: .reset, payload: [0, 0, 0, code])
    }

    static func goAway(last: UInt8, _ code: UInt8, _ debug: String) -> Frame {
      Frame(kind: .goAway, stream: 0, payload: [0, 0, 0, last, 0, 0, 0, code] + Array(debug.utf8))
    }

    var bytes: [UInt8] {
      let count = payload.count
      return [UInt8(count >> 16 & 0xff), UInt8(count >> 8 & 0xff), UInt8(count & 0xff)]
        + [kind.rawValue, flags, 0, 0, 0, stream] + payload
    }
  }

  /// Takes the frames apart that a client sends.
  struct FrameReader {
    static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    private var bytes: [UInt8] = []
    private var hasPreface = false

    mutating func take(_ new: [UInt8]) -> [Frame] {
      bytes += new
      if !hasPreface, bytes.count >= Self.preface.count {
        hasPreface = true
        bytes.removeFirst(Self.preface.count)
      }
      var frames: [Frame] = []
      while hasPreface, bytes.count >= 9 {
        let count = Int(bytes[0]) << 16 | Int(bytes[1]) << 8 | Int(bytes[2])
        guard bytes.count >= 9 + count, let kind = Frame.Kind(rawValue: bytes[3]) else { break }
        frames.append(
          Frame(kind: kind, flags: bytes[4], stream: bytes[8], payload: Array(bytes[9..<9 + count]))
        )
        bytes.removeFirst(9 + count)
      }
      return frames
    }
  }

  /// What a server of frames does when the head of a request has come.
  struct FrameScript: Sendable {
    enum Ending: Sendable { case hold, close, reset }
    var answer: [UInt8]
    var ending = Ending.hold

    init(_ frames: [Frame], then ending: Ending = .hold) {
      answer = frames.flatMap(\.bytes)
      self.ending = ending
    }

    init(bytes: [UInt8], then ending: Ending = .hold) {
      answer = bytes
      self.ending = ending
    }
  }

  /// Runs `body` beside a server that answers every request's head with the script; `frames` hears what clients send.
  func withFrameServer<R>(
    _ script: FrameScript, frames seen: Mailbox<Frame>? = nil,
    _ body: (_ address: String) async throws -> R
  ) async throws -> R {
    let listener = try await ByteListener.tcp { stream in
      let reader = Lock(FrameReader())
      stream.start { event in
        guard case .bytes(let bytes) = event else { return }
        for frame in reader.withLock({ $0.take(bytes) }) {
          seen?.send(frame)
          guard frame.kind == .headers else { continue }
          stream.write(script.answer)
          switch script.ending {
          case .hold: break
          case .close: stream.close()
          case .reset: stream.reset()
          }
        }
      }
    }
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
#endif
