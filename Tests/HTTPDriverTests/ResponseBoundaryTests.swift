import HTTPTypes
import NIOHTTP1
import Testing

@testable import HTTPDriver

/// Where a response ends on a connection that carries another one behind it.
@Suite struct `The boundary of a response` {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var method = HTTPMethod.GET
    var status = 200
    var fields: [(String, String)] = []
    let framing: ResponseBoundary.Framing
  }

  /// The list of RFC 9112, section 6.3, from its first entry to its last; what of it is about requests is not there.
  static let rows = [
    Row(
      testDescription: "1: a response to HEAD", method: .HEAD, fields: [("Content-Length", "5")],
      framing: .none),
    Row(
      testDescription: "1: a response to HEAD, in chunks", method: .HEAD,
      fields: [("Transfer-Encoding", "chunked")], framing: .none),
    Row(testDescription: "1: 204", status: 204, fields: [("Content-Length", "5")], framing: .none),
    Row(
      testDescription: "1: 204, in chunks", status: 204,
      fields: [("Transfer-Encoding", "chunked")], framing: .none),
    Row(testDescription: "1: 304", status: 304, fields: [("Content-Length", "5")], framing: .none),
    Row(
      testDescription: "1: 101 ends HTTP on the connection (RFC 9110, section 15.2.2)",
      status: 101, fields: [("Content-Length", "5")], framing: .untilClose),
    Row(
      testDescription: "2: 200 to CONNECT", method: .CONNECT, fields: [("Content-Length", "5")],
      framing: .untilClose),
    Row(
      testDescription: "2: 299 to CONNECT, in chunks", method: .CONNECT, status: 299,
      fields: [("Transfer-Encoding", "chunked")], framing: .untilClose),
    Row(
      testDescription: "2: 403 to CONNECT is a response as any other", method: .CONNECT,
      status: 403, fields: [("Content-Length", "5")], framing: .length(5)),
    Row(
      testDescription: "3: both, of which Transfer-Encoding counts",
      fields: [("Content-Length", "5"), ("Transfer-Encoding", "chunked")], framing: .chunked),
    Row(
      testDescription: "3: both, in the other order",
      fields: [("Transfer-Encoding", "chunked"), ("Content-Length", "5")], framing: .chunked),
    Row(
      testDescription: "4: chunked", fields: [("Transfer-Encoding", "chunked")], framing: .chunked),
    Row(
      testDescription: "4: in letters of either case (RFC 9112, section 7)",
      fields: [("TRANSFER-encoding", "Chunked")], framing: .chunked),
    Row(
      testDescription: "4: chunked as the last of several",
      fields: [("Transfer-Encoding", "gzip, \tchunked ")], framing: .chunked),
    Row(
      testDescription: "4: chunked as the last of several fields (RFC 9110, section 5.3)",
      fields: [("Transfer-Encoding", "gzip"), ("Transfer-Encoding", "chunked")], framing: .chunked),
    Row(
      testDescription: "4: another coding as the last",
      fields: [("Transfer-Encoding", "chunked, gzip")], framing: .untilClose),
    Row(
      testDescription: "4: another coding alone, beside a length",
      fields: [("Transfer-Encoding", "gzip"), ("Content-Length", "5")], framing: .untilClose),
    Row(
      testDescription: "4: what ends like chunked",
      fields: [("Transfer-Encoding", "xchunked")], framing: .untilClose),
    Row(
      testDescription: "5: a length that is no number, which the decoder refuses",
      fields: [("Content-Length", "5, 6")], framing: .untilClose),
    Row(
      testDescription: "6: a length", fields: [("content-length", "5")], framing: .length(5)),
    Row(
      testDescription: "6: a length of nothing", status: 500, fields: [("Content-Length", "0")],
      framing: .length(0)),
    Row(
      testDescription: "6: a length of 205, which then has a body", status: 205,
      fields: [("Content-Length", "5")], framing: .length(5)),
    Row(testDescription: "8: neither", framing: .untilClose),
    Row(testDescription: "8: neither, of a POST", method: .POST, framing: .untilClose),
  ]

  @Test(arguments: rows)
  func `is where RFC 9112, section 6.3, puts it`(_ row: Row) {
    let head = HTTPResponseHead(
      version: .http1_1, status: .init(statusCode: row.status), headers: HTTPHeaders(row.fields))
    #expect(ResponseBoundary.framing(of: head, to: row.method) == row.framing)
  }

  struct Ending: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var method = HTTPMethod.GET
    var request = HTTPHeaders()
    var version = HTTPVersion.http1_1
    var fields: [(String, String)] = []
    /// What comes behind the head.
    var body = ""
    let verdict: ResponseBoundary.Verdict
  }

  private static let chunked = [("Transfer-Encoding", "chunked")]

  static let endings = [
    Ending(
      testDescription: "a length", fields: [("Content-Length", "2")], body: "ok", verdict: .keep),
    Ending(
      testDescription: "bytes behind a length", fields: [("Content-Length", "2")], body: "ok!\n",
      verdict: .late(2)),
    Ending(testDescription: "no body", method: .HEAD, verdict: .keep),
    Ending(
      testDescription: "a body where there is none", method: .HEAD,
      fields: [("Content-Length", "2")], body: "ok", verdict: .late(2)),
    Ending(
      testDescription: "chunks", fields: chunked, body: "2\r\nok\r\n0\r\n\r\n", verdict: .keep),
    Ending(
      testDescription: "chunks with trailers", fields: chunked,
      body: "2\r\nok\r\n0\r\nA: b\r\n\r\n", verdict: .keep),
    Ending(
      testDescription: "a chunk of line ends", fields: chunked,
      body: "4\r\n\r\n\r\n\r\n0\r\n\r\n", verdict: .keep),
    Ending(
      testDescription: "bytes behind chunks", fields: chunked, body: "0\r\n\r\nHTT",
      verdict: .late(nil)),
    Ending(testDescription: "until the connection closes", body: "ok", verdict: .close),
    Ending(
      testDescription: "Connection: close of the server (RFC 9112, section 9.6)",
      fields: [("Content-Length", "2"), ("Connection", "x, CLOSE")], body: "ok", verdict: .close),
    Ending(
      testDescription: "Connection: close of the client (RFC 9112, section 9.6)",
      request: ["Connection": "close"], fields: [("Content-Length", "2")], body: "ok",
      verdict: .close),
    Ending(
      testDescription: "HTTP/1.0 (RFC 9112, section 9.3)", version: .http1_0,
      fields: [("Content-Length", "2")], body: "ok", verdict: .close),
    Ending(
      testDescription: "HTTP/1.0 with keep-alive (RFC 9112, section 9.3)", version: .http1_0,
      fields: [("Content-Length", "2"), ("Connection", "Keep-Alive")], body: "ok", verdict: .keep),
    Ending(
      testDescription: "keep-alive and close", version: .http1_0,
      fields: [("Content-Length", "2"), ("Connection", "keep-alive, close")], body: "ok",
      verdict: .close),
    Ending(
      testDescription: "bytes behind the last response of a connection",
      fields: [("Content-Length", "0"), ("Connection", "close")], body: "!", verdict: .late(1)),
  ]

  /// Cut into pieces of each size: by the byte, somewhere, and not at all.
  @Test(arguments: endings, [1, 2, 3, 5, 1_000])
  func `says what becomes of the connection`(_ ending: Ending, size: Int) throws {
    let head = HTTPResponseHead(
      version: ending.version, status: .ok, headers: HTTPHeaders(ending.fields))
    var boundary = ResponseBoundary()
    #expect(boundary.part == .late)
    boundary.asked(
      HTTPRequestHead(version: .http1_1, method: ending.method, uri: "/", headers: ending.request))
    #expect(boundary.part == .head && !boundary.hasBytes)
    // The head's own text does not count, but for the empty line that ends it.
    let bytes = Array("HTTP/1.1 200 OK\r\nX: y\r\n\r\n\(ending.body)".utf8)
    var ends: [Int] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      guard let end = boundary.received(bytes[start..<min(start + size, bytes.count)]) else {
        continue
      }
      ends.append(start + end)
      boundary.received(head)
    }
    #expect(ends == [bytes.count - ending.body.utf8.count])
    #expect(boundary.part == .body && boundary.hasBytes)
    #expect(boundary.ended() == ending.verdict)
    #expect(boundary.part == .late)
  }

  @Test func `lies behind the last of the informational responses`() throws {
    var boundary = ResponseBoundary()
    boundary.asked(HTTPRequestHead(version: .http1_1, method: .GET, uri: "/"))
    for status in [100, 102, 103, 199] {
      #expect(boundary.received(Array("HTTP/1.1 \(status)\r\n\r\n".utf8)) == 16)
      boundary.received(HTTPResponseHead(version: .http1_1, status: .init(statusCode: status)))
      #expect(boundary.part == .head)
    }
    #expect(boundary.received(Array("HTTP/1.1 204\r\n\r\n".utf8)) == 16)
    boundary.received(HTTPResponseHead(version: .http1_1, status: .noContent))
    #expect(boundary.ended() == .keep)
  }
}
