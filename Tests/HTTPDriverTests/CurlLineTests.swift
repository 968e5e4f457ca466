import HTTPTypes
import Testing

@testable import HTTPDriver

@Suite struct `The curl line` {
  @Test func `of a plain request is short`() {
    #expect(line(.get, "/orders?since=7") == "curl -i 'http://127.0.0.1:8080/orders?since=7'")
  }

  @Test func `has variables in place of secrets`() {
    let headers: HTTPFields = [
      .authorization: "Bearer s3cret", .cookie: "a=s3cret", .accept: "application/json",
    ]
    #expect(
      line(.delete, "/orders/7", headers: headers, address: "http://ann:s3cret@127.0.0.1:8080")
        == """
        curl -i -X DELETE -H "Authorization: Bearer $AUTHORIZATION" -H "Cookie: $COOKIE" -H 'Accept: application/json' \
        "http://ann:$PASSWORD@127.0.0.1:8080/orders/7"
        """)
    #expect(
      line(.get, "/", headers: [.authorization: "Bearer s3cret"])
        == "curl -i -H \"Authorization: Bearer $AUTHORIZATION\" 'http://127.0.0.1:8080/'")
  }

  @Test func `carries a short body, quoted for a shell`() {
    #expect(
      line(.post, "/x", body: Array("{\"a\":\"it's\"}".utf8))
        == "curl -i -X POST -H 'Content-Type: text/plain' --data-binary '{\"a\":\"it'\\''s\"}' 'http://127.0.0.1:8080/x'"
    )
    #expect(
      line(.post, "/x", body: Array("a\r\n'\u{1}".utf8))
        == "curl -i -X POST -H 'Content-Type: text/plain' --data-binary $'a\\r\\n\\'\\x01' 'http://127.0.0.1:8080/x'"
    )
  }

  @Test func `takes any other body from the evidence`() {
    #expect(
      line(.post, "/x", body: [0xff])
        == "curl -i -X POST -H 'Content-Type: text/plain' --data-binary @request-body.bin 'http://127.0.0.1:8080/x'"
    )
  }

  @Test func `sends a text that begins like the name of a file as it is`() {
    #expect(
      line(.post, "/x", body: Array("@home".utf8))
        == "curl -i -X POST -H 'Content-Type: text/plain' --data-raw '@home' 'http://127.0.0.1:8080/x'"
    )
  }

  @Test func `keeps curl from reading more into a path than there is`() {
    #expect(
      line(.get, "/a?filter[x]={1}") == "curl -i -g 'http://127.0.0.1:8080/a?filter[x]={1}'")
    #expect(
      line(.get, "/a/../b") == "curl -i --path-as-is 'http://127.0.0.1:8080/a/../b'")
  }

  @Test func `sends no media type where there was none`() {
    #expect(
      line(.post, "/x", body: [65], contentType: nil)
        == "curl -i -X POST -H 'Content-Type:' --data-binary 'A' 'http://127.0.0.1:8080/x'")
  }

  @Test func `takes a body with a NUL from the evidence, as no word of a shell has one`() {
    #expect(
      line(.post, "/x", body: [65, 0, 66])
        == "curl -i -X POST -H 'Content-Type: text/plain' --data-binary @request-body.bin 'http://127.0.0.1:8080/x'"
    )
  }

  @Test func `keeps a shell from reading more into a method, a scheme or a user than there is`()
    throws
  {
    #expect(line(.init("M'$X")!, "/") == "curl -i -X 'M'\\''$X' 'http://127.0.0.1:8080/'")
    #expect(
      line(.get, "/", headers: [.authorization: "`id` s3cret"])
        == "curl -i -H \"Authorization: \\`id\\` $AUTHORIZATION\" 'http://127.0.0.1:8080/'")
    #expect(
      line(.get, "/", address: "http://$a:s3cret@h")
        == "curl -i \"http://\\$a:$PASSWORD@h/\"")
  }

  @Test func `keeps an authorization of its own beside one in the address`() {
    #expect(
      line(.get, "/", headers: [.authorization: "Bearer s3cret"], address: "http://ann:s3cret@h")
        == "curl -i -H \"Authorization: Bearer $AUTHORIZATION\" \"http://ann:$PASSWORD@h/\"")
  }

  @Test func `sends fields that are empty`() {
    #expect(
      line(.get, "/", headers: [.init("X-Empty")!: ""])
        == "curl -i -H 'X-Empty;' 'http://127.0.0.1:8080/'")
  }

  @Test func `has no secret of a query or of a key`() {
    let text = line(
      .get, "/a?access_token=opensesame&b=1",
      headers: [
        .init("X-Api-Key")!: "opensesame", .init("X-Auth-Token")!: "opensesame",
        .referer: "http://h/?token=opensesame",
      ])
    #expect(
      text == """
        curl -i -H "X-Api-Key: $X_API_KEY" -H "X-Auth-Token: $X_AUTH_TOKEN" \
        -H 'Referer: http://h/?token=***' 'http://127.0.0.1:8080/a?access_token=***&b=1' # secrets in the path are masked
        """)
  }

  @Test func `quotes the names of files that curl would take apart`() {
    let body = HTTPBody.multipart {
      FilePart("file", .path("a;b,c\"d.csv"), contentType: "text/csv")
    }
    guard case .form(let options) = body.repetition else {
      Issue.record("not a form")
      return
    }
    let name = #""a;b,c\"d.csv""#
    #expect(options == ["-F 'file=@\(name);filename=\(name);type=text/csv'"])
  }

  @Test func `names the service by a variable when there was no socket`() {
    #expect(line(.get, "/a\"$b", address: nil) == "curl -i \"$SERVICE/a\\\"\\$b\"")
  }

  @Test func `sends a form part by part`() {
    let body = HTTPBody.multipart {
      FilePart("file", .path("a b.xlsx"), contentType: "application/zip")
      FieldPart("tag", "@x")
    }
    var record = ExchangeRecord(
      request: HTTPRequest(
        method: .post, scheme: "http", authority: "h", path: "/up",
        headerFields: [.contentType: body.contentType ?? ""]),
      service: try? ServiceAddress(parsing: "http://h"))
    record.repetition = body.repetition
    #expect(
      CurlLine(record: record).text == """
        curl -i -X POST -F 'file=@a b.xlsx;filename=a b.xlsx;type=application/zip' \
        --form-string 'tag=@x' 'http://h/up'
        """)
  }

  @Test func `goes through the file of a Unix socket`() {
    let record = ExchangeRecord(
      request: HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/a"),
      service: ServiceAddress(unixSocket: "/tmp/a b.sock"))
    #expect(
      CurlLine(record: record).text
        == "curl -i --unix-socket '/tmp/a b.sock' 'http://localhost/a'")
  }

  @Test func `says in what it does not repeat the request`() {
    var record = ExchangeRecord(
      request: HTTPRequest(method: .post, scheme: "http", authority: "h", path: "/"),
      service: try? ServiceAddress(parsing: "http://h"))
    record.repetition = .inline
    record.sent.append([65, 66])
    record.bodyLength = 5
    record.hasTrailers = true
    #expect(
      CurlLine(record: record).text == """
        curl -i -X POST -H 'Content-Type:' --data-binary 'AB' 'http://h/' # with the 2 of 5 bytes of the body that had \
        been sent # without the trailers: curl sends none
        """)
    record.bodyLength = nil
    record.hasTrailers = false
    record.sent.append([UInt8](repeating: 0xff, count: 2 << 20))
    #expect(
      CurlLine(record: record).text == """
        curl -i -X POST -H 'Expect:' -H 'Content-Type:' --data-binary @request-body.bin 'http://h/' # with the first 1048576 of \
        2097154 bytes: no more is kept
        """)
    record.request.method = .head
    #expect(
      CurlLine(record: record).text
        == "curl -i -I 'http://h/' # without the body: curl sends none with HEAD")
    #expect(!CurlLine(record: record).needsBodyFile)
  }

  @Test func `of a compressed body sends what was sent`() {
    for body in [
      HTTPBody.file("/a"), .form(["a": "b"]), .multipart { FilePart("a", .path("/a")) }, .empty,
    ] {
      guard case .inline = body.compressed(.gzip).repetition else {
        Issue.record("\(body.compressed(.gzip).repetition)")
        continue
      }
    }
  }

  private func line(
    _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: [UInt8] = [],
    address: String? = "http://127.0.0.1:8080", contentType: String? = "text/plain"
  ) -> String {
    var headers = headers
    if !body.isEmpty { headers[.contentType] = contentType }
    var record = ExchangeRecord(
      request: HTTPRequest(
        method: method, scheme: "http", authority: "127.0.0.1:8080", path: path,
        headerFields: headers),
      service: address.flatMap { try? ServiceAddress(parsing: $0) })
    record.repetition = body.isEmpty ? .none : .inline
    record.sent.append(body)
    return CurlLine(record: record).text
  }
}
