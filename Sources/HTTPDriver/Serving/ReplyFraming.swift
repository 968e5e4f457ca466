import HTTPTypes

/// How an answer is framed, and whether its connection goes on; the same over bytes and in process.
///
/// It only decides. Source: RFC 9110, sections 6.4.1, 8.6 and 9.3.6; RFC 9112, sections 6.1, 6.3 and 9.3.
struct ReplyFraming: Equatable {
  /// How the end of the body is told.
  enum Body: Equatable {
    /// There is none, whatever the handler gave: an answer to HEAD, a 2xx to CONNECT, a 204, a 205 or a 304.
    case none
    /// By its number of bytes.
    case length(Int)
    /// By chunks, which trailers may follow.
    case chunked
    /// By the end of the connection, for a client of HTTP/1.0 and a body of unknown length.
    case untilClose
  }

  /// What the answer is to.
  struct Question: Equatable {
    var method: HTTPRequest.Method
    /// The connection options of the request, in lower case.
    var options: Set<String> = []
    /// Whether the client speaks HTTP/1.0, which knows no chunks and closes unless it says otherwise.
    var isHTTP10 = false
    /// Whether the client waits for a 100 that it was not sent: what follows may be its body or not.
    var isUnasked = false
  }

  let body: Body
  /// Whether another request may follow.
  let persists: Bool
  /// The header fields of the answer, as they are sent.
  let fields: HTTPFields

  /// - Throws: What the handler said of the length is not so, or cannot be sent.
  init(_ question: Question, _ reply: HTTPReply) throws(HTTPReplyFault) {
    let said = try Self.length(of: reply.head)
    let coding = reply.head.headerFields[.transferEncoding]
    if let coding, coding.lowercased() != "chunked" { throw .transferEncoding(coding) }
    let status = reply.head.status.code
    var fields = reply.head.headerFields
    fields[.transferEncoding] = nil
    var body: Body
    switch (status, question.method) {
    case (204, _), (205, _):
      fields[.contentLength] = status == 205 ? "0" : nil
      body = .none
    case (200..<300, .connect):
      // What follows would be the tunnel.
      fields[.contentLength] = nil
      body = .none
    case (304, _): body = .none
    case (_, .head):
      // Nothing is said of what a GET would have got unless the handler knows.
      if said == nil, let length = reply.body.length, length > 0 {
        fields[.contentLength] = String(length)
      }
      body = .none
    case _ where coding != nil: body = .chunked
    default:
      if let said, let length = reply.body.length, said != length { throw .length(said, length) }
      body = (said ?? reply.body.length).map { .length($0) } ?? .chunked
    }
    if body == .chunked, question.isHTTP10 { body = .untilClose }
    switch body {
    case .none: break
    case .length(let length): fields[.contentLength] = String(length)
    case .chunked:
      fields[.contentLength] = nil
      fields[.transferEncoding] = "chunked"
    case .untilClose: fields[.contentLength] = nil
    }
    persists =
      !question.isUnasked && body != .untilClose && !Self.options(of: fields).contains("close")
      && !question.options.contains("close")
      && (!question.isHTTP10 || question.options.contains("keep-alive"))
    // An upgrade says more in this field than that.
    if !persists {
      fields[.connection] = "close"
    } else if question.isHTTP10 {
      fields[.connection] = "keep-alive"
    }
    self.body = body
    self.fields = fields
  }

  /// The head as a handler in process gives it: nothing is framed there, and a message without a body has no
  /// field that says otherwise.
  func inProcess(_ head: HTTPResponse) -> HTTPResponse {
    guard body == .none else { return head }
    var head = head
    head.headerFields[.transferEncoding] = nil
    head.headerFields[.contentLength] = fields[.contentLength]
    return head
  }

  /// The options of a `Connection` field, in lower case.
  static func options(of fields: HTTPFields) -> Set<String> {
    Set(
      (fields[.connection] ?? "").split(separator: ",").map { option in
        option.filter { $0 != " " && $0 != "\t" }.lowercased()
      })
  }

  private static func length(of head: HTTPResponse) throws(HTTPReplyFault) -> Int? {
    guard let text = head.headerFields[.contentLength] else { return nil }
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let length = Int(text)
    else { throw .contentLength(text) }
    return length
  }
}

/// Holds a body that comes piece by piece against the length that was said of it.
struct ReplyLength {
  private let said: Int?
  private var count = 0

  init(_ body: ReplyFraming.Body) {
    if case .length(let length) = body { said = length } else { said = nil }
  }

  /// Takes in a piece before it is sent.
  mutating func take(_ piece: [UInt8]) throws(HTTPReplyFault) {
    count += piece.count
    if let said, count > said { throw .length(said, count) }
  }

  /// The body has come to its end.
  func finish() throws(HTTPReplyFault) {
    if let said, count < said { throw .length(said, count) }
  }
}
