public import HTTPTypes

/// What a request or a response of a handler carries: bytes in pieces, made when they are asked for.
///
/// A body is a description. Each iteration makes its bytes anew, so one body can be sent twice; only a
/// body made of a sequence that can be read once cannot.
public struct HTTPBody: AsyncSequence, Sendable {
  /// The value for `Content-Type`; nil where the body does not say.
  public let contentType: String?
  /// The number of bytes, sent as `Content-Length`; nil where it is not known beforehand.
  public let length: Int?
  /// How `curl` is told to send the same body.
  let repetition: CurlBody
  /// All the bytes, where they are in memory already.
  let wholeBytes: [UInt8]?
  /// Whether the bytes may come only once, as those of an `AsyncStream`.
  let isReadOnce: Bool
  /// How the bytes are compressed, for `Content-Encoding`.
  var coding: HTTPContentCoding?
  private let readTrailers: @Sendable () -> HTTPFields
  private let makeReader: @Sendable () throws -> any BodyReader

  init(
    contentType: String?, length: Int?, repetition: CurlBody, wholeBytes: [UInt8]? = nil,
    isReadOnce: Bool = false, trailers: @escaping @Sendable () -> HTTPFields = { [:] },
    makeReader: @escaping @Sendable () throws -> any BodyReader
  ) {
    self.contentType = contentType
    self.length = length
    self.repetition = repetition
    self.wholeBytes = wholeBytes
    self.isReadOnce = isReadOnce
    readTrailers = trailers
    self.makeReader = makeReader
  }

  /// The fields that follow the body; those of one that is being received are known once it was read to its end.
  ///
  /// Source: RFC 9110, section 6.5.
  public var trailers: HTTPFields { readTrailers() }

  /// The same body with these fields behind it, which takes chunks over HTTP/1.1.
  ///
  /// A `Trailer` field that announces them is for the test to send, where it wants one.
  ///
  /// Source: RFC 9112, section 7.1.2.
  public func withTrailers(_ fields: HTTPFields) -> HTTPBody {
    var body = HTTPBody(
      contentType: contentType, length: nil, repetition: repetition, isReadOnce: isReadOnce,
      trailers: { fields }, makeReader: makeReader)
    body.coding = coding
    return body
  }

  /// The same description with other bytes, or the same bytes in other pieces.
  func reading(
    length: Int?, repetition: CurlBody? = nil,
    _ makeReader: @escaping @Sendable () throws -> any BodyReader
  ) -> HTTPBody {
    var body = HTTPBody(
      contentType: contentType, length: length, repetition: repetition ?? self.repetition,
      isReadOnce: isReadOnce, trailers: readTrailers, makeReader: makeReader)
    body.coding = coding
    return body
  }

  /// Starts to make the bytes.
  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(reader: Result { try makeReader() })
  }

  /// Makes the pieces of one body, in order; for one task.
  public struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate var reader: Result<any BodyReader, any Error>

    /// The next piece, never empty; nil at the end.
    ///
    /// - Throws: What the source of the bytes throws, such as a file that cannot be read.
    public mutating func next() async throws -> [UInt8]? {
      var source = try reader.get()
      while true {
        let piece = try await source.read()
        reader = .success(source)
        guard let piece else { return nil }
        if !piece.isEmpty { return piece }
      }
    }
  }

  /// All the bytes at once, for handlers that want the whole body.
  ///
  /// It takes in at most `limit` bytes; 16 MiB unless said otherwise.
  ///
  /// - Throws: ``HTTPBodyTooLarge`` above the limit, and what the source of the bytes throws.
  public func bytes(upTo limit: Int = 16 << 20) async throws -> [UInt8] {
    var all: [UInt8] = []
    for try await piece in self {
      guard all.count + piece.count <= limit else { throw HTTPBodyTooLarge(limit: limit) }
      all += piece
    }
    return all
  }
}

/// A body has more bytes than its reader takes.
public struct HTTPBodyTooLarge: Error, Sendable, CustomStringConvertible {
  /// The greatest number of bytes that would have been taken.
  public let limit: Int

  /// What happened, in words.
  public var description: String { "the body is longer than \(limit) bytes" }
}

/// The state of one iteration over a body.
protocol BodyReader {
  /// The next piece, which may be empty; nil at the end.
  mutating func read() async throws -> [UInt8]?
}

@available(*, unavailable)
extension HTTPBody.AsyncIterator: Sendable {}
