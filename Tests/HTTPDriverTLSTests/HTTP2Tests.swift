#if TLS
  import Foundation
  import HTTPTypes
  import HarnessLoopback
  import NIOCore
  import NIOHTTP2
  import Testing
  import Waiters

  @testable import HTTPDriver
  @testable import HTTPDriverTLS

  @Suite struct `HTTP/2` {
    @Test func `has no bytes of its own and no upgrades, which fails by name`() async throws {
      let http = HTTPDriver(try .memory({ _, _ in HTTPReply() }, over: .http2))
      #expect(
        "\(await http.raw("GET / HTTP/1.1\r\n\r\n"))"
          == "failed: sending raw bytes needs HTTP/1.1, and the transport speaks HTTP/2")
    }

    @Test func `an answer that the service breaks off is reset with INTERNAL_ERROR`() async throws {
      struct Broken: Error {}
      let handler: HTTPHandler = { _, _ in
        HTTPReply(
          .ok,
          .stream(
            AsyncThrowingStream<[UInt8], any Error> { continuation in
              continuation.yield(Array("half".utf8))
              continuation.finish(throwing: Broken())
            }))
      }
      try await withHTTPService(handler, over: .http2) { transport in
        let error = try #require(await HTTPDriver(transport).outcome(.get, "/").error)
        #expect(error.code == .streamReset)
        #expect(error.reason.hasSuffix("the server reset the stream: INTERNAL_ERROR (0x2)"))
      }
    }

    @Test(arguments: [
      ([HTTPField.Name.contentLength: "3"] as HTTPFields, "ContentLengthViolated"),
      ([HTTPField.Name.te: "gzip"] as HTTPFields, "te"),
    ])
    func `what cannot be sent is the test's own mistake`(
      headers: HTTPFields, part: String
    ) async throws {
      let handler: HTTPHandler = { _, body in
        _ = try await body.bytes()
        return HTTPReply()
      }
      let http = HTTPDriver(try .memory(handler, over: .http2))
      for body in [HTTPBody.text("hello"), .text("hello").inChunks([2])] {
        let error = try #require(await http.outcome(.post, "/x", body, headers: headers).error)
        #expect(error.code == .misuse, "\(error)")
        let reason = "no response: the request cannot be sent over HTTP/2 ("
        #expect(error.reason.hasPrefix(reason) && error.reason.contains(part), "\(error.reason)")
      }
    }

    @Test func `tells the test of the fields that came, and of no other`() async throws {
      try await withFrameServer(FrameScript([.settings, .ok(isLast: true)])) { address in
        let exchange = try await HTTPDriver(.http2(address)).get("/")
        #expect(exchange.response.headerFields.isEmpty, "\(exchange.response.headerFields)")
      }
    }

    @Test func `tells the handler of the fields that came, and of no other`() async throws {
      let seen = Mailbox<HTTPFields>("fields")
      let handler: HTTPHandler = { request, _ in
        seen.send(request.headerFields)
        return HTTPReply(.noContent)
      }
      _ = try await HTTPDriver(.memory(handler, over: .http2)).send(.options, "/")
      let fields = try await seen.next()
      #expect(fields[.contentLength] == nil)
      #expect(fields[.transferEncoding] == nil)
    }

    @Test func `blames no exchange for what the handler of another one threw`() async throws {
      struct Broken: Error {}
      let hold = Gate("the slow answer")
      let handler: HTTPHandler = { request, _ in
        if request.path == "/throws" { throw Broken() }
        try await hold.pass()
        return HTTPReply(.ok)
      }
      try await withHTTP2Connection(.memory(handler, over: .http2)) { shared in
        let http = HTTPDriver(shared)
        async let slow = http.get("/slow")
        try await hold.arrivals()
        let error = try #require(await http.outcome(.get, "/throws").error)
        #expect(error.code == .streamReset)
        hold.open()
        #expect(try await slow.status == .ok)
      }
    }

    /// Every handler waits for all the others: streams that came one after another would never get there.
    @Test(arguments: [false, true])
    func `carries many exchanges on one connection at once`(overTLS: Bool) async throws {
      let count = 50
      let arrived = Gate("every handler")
      let connections = Collected<Int>()
      let handler: HTTPHandler = { request, _ in
        try await arrived.pass()
        return HTTPReply(.ok, .text(request.path ?? ""))
      }
      let serving = overTLS ? try HTTPServing.tls(speaking: .http2) : .http2
      let served = try ServedConnection(handler, over: serving)
      try await withListener(
        on: .tcp,
        furnish: {
          connections.append(1)
          try served.furnish($0)
        }
      ) { target in
        try await withHTTP2Connection(serving.transport(to: target)) { shared in
          let http = HTTPDriver(shared)
          try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
              group.addTask {
                let text = try await http.get("/\(number)").text
                #expect(text == "/\(number)")
              }
            }
            try await arrived.arrivals(count)
            arrived.openForever()
            try await group.waitForAll()
          }
          // One that is cancelled takes nothing from the others.
          try await http.cancelling(.get, "/", at: .afterRequestHead)
          try await http.get("/last").expect(status: .ok)
        }
      }
      #expect(connections.all.count == 1)
    }

    @Test func `shares a connection only where there is one`() async throws {
      await #expect(throws: TLSSetupError.self) {
        try await withHTTP2Connection(.memory { _, _ in HTTPReply() }) { _ in }
      }
      var kept: HTTPTransport?
      try await withHTTP2Connection(.memory({ _, _ in HTTPReply() }, over: .http2)) { shared in
        try await HTTPDriver(shared).get("/").expect(status: .ok)
        kept = shared
      }
      let transport = try #require(kept)
      let error = try #require(await HTTPDriver(transport).outcome(.get, "/").error)
      #expect(error.code == .misuse)
    }

    /// The window of a stream is 65,535 bytes: a client cannot have sent much more to a service that does not read.
    @Test func `holds an upload back that the service does not read`() async throws {
      let sent = Collected<Int>()
      let hold = Gate("the service reads")
      let handler: HTTPHandler = { request, body in
        guard request.path == "/upload" else { return HTTPReply() }
        try await hold.pass()
        return HTTPReply(.ok, .text("\(try await body.bytes().count)"))
      }
      let piece = [UInt8](repeating: 7, count: 16 << 10)
      let pieces = 400
      let serving = try HTTPTransport.memory(handler, over: .http2)
      let http = HTTPDriver(serving)
      let body = HTTPBody.stream(
        AsyncStream<[UInt8]>(unfolding: {
          guard sent.all.count < pieces else { return nil }
          sent.append(1)
          return piece
        }))
      async let upload = http.post("/upload", body)
      try await hold.arrivals()
      // The service has every chance to take more meanwhile.
      for _ in 0..<20 { try await http.get("/other").expect(status: .ok) }
      #expect(sent.all.count < 40)
      hold.open()
      #expect(try await upload.text == "\(pieces * piece.count)")
    }

    @Test func `sends secure cookies over TLS and within this process`() async throws {
      let handler: HTTPHandler = { request, _ in
        HTTPReply(
          .ok, .text(request.headerFields[.cookie] ?? "none"),
          headers: [.setCookie: "a=1; Secure"])
      }
      for serving in [try HTTPServing.tls(), .http2] {
        let http = HTTPDriver(try .memory(handler, over: serving)).keepingCookies()
        _ = try await http.get("/")
        #expect(try await http.get("/").text == "a=1")
      }
    }

    @Test func `says https to the handler and to redirects`() async throws {
      let handler: HTTPHandler = { request, _ in
        if request.path == "/moved" {
          let location = "https://\(request.authority ?? "")/there"
          return HTTPReply(.found, headers: [.location: location])
        }
        return HTTPReply(.ok, .text(request.scheme ?? ""))
      }
      for version in [HTTPWireVersion.http1, .http2] {
        try await withHTTPService(handler, over: .tls(speaking: version)) { transport in
          let http = HTTPDriver(transport).following(redirects: 1)
          let text = try await http.get("/moved").expect(status: .ok).text
          #expect(text == "https")
        }
      }
    }
  }
#endif
