/// A compression of a body.
///
/// Others will follow, so a `switch` in another package needs an `@unknown default`.
@nonexhaustive
public enum HTTPContentCoding: String, Sendable, Hashable, CaseIterable {
  /// RFC 1952 around DEFLATE.
  case gzip
  /// RFC 1950 around DEFLATE; without that wrapper, as some services send it, it is refused.
  case deflate
}

extension HTTPBody {
  /// The same body compressed, with a `Content-Encoding` field; its length is not known beforehand.
  ///
  /// Source: RFC 9110, section 8.4.
  public func compressed(_ coding: HTTPContentCoding) -> HTTPBody {
    let whole = self
    // curl compresses nothing: what repeats the request are the bytes that were sent.
    var body = reading(length: nil, repetition: .inline) {
      guard let encoder = ContentEncoder(coding) else { throw ContentCodingFault.outOfMemory }
      return EncodingReader(source: whole.makeAsyncIterator(), encoder: encoder)
    }
    body.coding = coding
    return body
  }
}

private struct EncodingReader: BodyReader {
  var source: HTTPBody.AsyncIterator
  let encoder: ContentEncoder
  var isFinished = false

  mutating func read() async throws -> [UInt8]? {
    guard !isFinished else { return nil }
    if let piece = try await source.next() { return encoder.encode(piece) }
    isFinished = true
    return encoder.finish()
  }
}

/// Why a body's coding could not be undone.
enum ContentCodingFault: Error, Equatable, CustomStringConvertible {
  case notTheFormat(HTTPContentCoding)
  case damaged
  case cutOff
  case wrongSum
  case trailingBytes(Int)
  case tooLong(limit: Int)
  case outOfMemory

  var description: String {
    switch self {
    case .notTheFormat(.gzip): "it does not begin as gzip (RFC 1952, section 2.3.1)"
    case .notTheFormat(.deflate):
      "it does not begin as zlib (RFC 1950, section 2.2), as \"deflate\" must (RFC 9110, section 8.4.1.2)"
    case .damaged: "the compressed data is damaged"
    case .cutOff: "the compressed data ends too early"
    case .wrongSum: "the checksum at its end is that of other bytes"
    case .trailingBytes(let count): "\(byteCount(count)) follow its end"
    case .tooLong(let limit): "what comes out is longer than \(byteCount(limit))"
    case .outOfMemory: "there is not enough memory for it"
    }
  }
}
