import HTTPDriver
import HTTPTypes
import HarnessLoopback
import Testing
import Waiters

@Suite struct `A streamed response` {
  @Test(arguments: Reach.allCases)
  func `has its head before its body`(reach: Reach) async throws {
    let gate = Gate("rest of the body")
    let handler: HTTPHandler = { _, _ in
      let body = HTTPBody.text("0123456789").paused(at: gate, afterBytes: 4)
      return HTTPReply(.ok, body.withTrailers([.init("X-End")!: "yes"]))
    }
    try await reach.drive(handler) { http in
      try await http.stream(.get, "/") { response in
        try response.soFar.expect(status: .ok).expectMediaType("text/plain")
        var pieces = response.pieces.makeAsyncIterator()
        #expect(try await pieces.next() == Array("0123".utf8))
        #expect(response.trailers.isEmpty)
        gate.open()
        var rest: [UInt8] = []
        while let piece = try await pieces.next() { rest += piece }
        #expect(rest == Array("456789".utf8))
        #expect(response.trailers == [.init("X-End")!: "yes"])
      }
    }
  }

  @Test(arguments: Reach.allCases)
  func `of endless events ends when the test has seen enough`(reach: Reach) async throws {
    let stopped = Signal<Void>("the handler's task was cancelled")
    let handler: HTTPHandler = { _, _ in
      let (events, continuation) = AsyncStream<[UInt8]>.makeStream()
      continuation.onTermination = { _ in stopped.send() }
      for number in 1...3 {
        continuation.yield(Array("id: \(number)\ndata: tick\n\n".utf8))
      }
      return HTTPReply(.ok, .stream(events, contentType: "text/event-stream"))
    }
    try await reach.drive(handler) { http in
      var seen: [String] = []
      try await http.stream(.get, "/events") { response in
        for try await event in response.events {
          seen.append(event.id)
          if event.id == "3" { break }
        }
      }
      #expect(seen == ["1", "2", "3"])
      try await stopped.value()
    }
  }

  @Test(arguments: Reach.allCases)
  func `is read as lines of JSON`(reach: Reach) async throws {
    let text = "{\"a\":1}\r\n\n[2]\n \n\"last\""
    try await reach.drive({ _, _ in HTTPReply(.ok, .text(text).inChunks([3])) }) { http in
      try await http.stream(.get, "/") { response in
        var values: [String] = []
        for try await value in response.jsonLines { values.append(value.compactText) }
        #expect(values == ["{\"a\":1}", "[2]", "\"last\""])
      }
    }
  }

  @Test(arguments: Reach.allCases)
  func `goes on behind a line that is no JSON`(reach: Reach) async throws {
    let text = "1\n\n \t\r\n{\n2"
    try await reach.drive({ _, _ in HTTPReply(.ok, .text(text).inChunks([2])) }) { http in
      try await http.stream(.get, "/") { response in
        var lines = response.jsonLines.makeAsyncIterator()
        let first = try await lines.next()
        await #expect(throws: JSONError.self) { try await lines.next() }
        let second = try await lines.next()
        let end = try await lines.next()
        #expect(first == 1)
        #expect(second == 2)
        #expect(end == nil)
      }
    }
  }

  @Test(arguments: Reach.allCases)
  func `is read on by a second loop where the first left off`(reach: Reach) async throws {
    let text = "data: 1\n\ndata: 2\n\ndata: 3\n\n"
    try await reach.drive({ _, _ in HTTPReply(.ok, .text(text)) }) { http in
      try await http.stream(.get, "/") { response in
        var seen: [String] = []
        for try await event in response.events {
          seen.append(event.data)
          break
        }
        for try await event in response.events { seen.append(event.data) }
        for try await event in response.events { seen.append("again \(event.data)") }
        #expect(seen == ["1", "2", "3"])
      }
    }
    try await reach.drive({ _, _ in HTTPReply(.ok, .text("a\nb\nc")) }) { http in
      try await http.stream(.get, "/") { response in
        var seen: [String] = []
        for try await line in response.lines {
          seen.append(line)
          break
        }
        for try await line in response.lines { seen.append(line) }
        for try await line in response.lines { seen.append("again \(line)") }
        #expect(seen == ["a", "b", "c"])
      }
    }
  }

  @Test func `gives what came before a line that is too long`() async throws {
    let text = "data: 1\n\ndata: 2\n\n" + String(repeating: "x", count: (1 << 20) + 1)
    let http = HTTPDriver(.handler { _, _ in HTTPReply(.ok, .text(text)) })
    try await http.stream(.get, "/") { response in
      var events = response.events.makeAsyncIterator()
      for expected in ["1", "2"] {
        let event = try await events.next()
        #expect(event?.data == expected)
      }
      for _ in 0..<2 {
        await #expect(throws: HTTPLineTooLong.self) { _ = try await events.next() }
      }
    }
    try await http.stream(.get, "/") { response in
      var lines = response.lines.makeAsyncIterator()
      for expected in ["data: 1", "", "data: 2", ""] {
        let line = try await lines.next()
        #expect(line == expected)
      }
      await #expect(throws: HTTPLineTooLong.self) { _ = try await lines.next() }
    }
  }

  @Test(arguments: Reach.allCases)
  func `that the test leaves is told to observers as a response`(reach: Reach) async throws {
    let handler: HTTPHandler = { _, _ in
      let (events, continuation) = AsyncStream<[UInt8]>.makeStream()
      continuation.yield(Array("data: tick\n\n".utf8))
      return HTTPReply(.accepted, .stream(events, contentType: "text/event-stream"))
    }
    try await reach.drive(handler) { plain in
      let seen = Collected<String>()
      let http = plain.observing { outcome in
        switch outcome {
        case .response(let exchange): seen.append("\(exchange.status.code) \(exchange.text)")
        case .failed(let error): seen.append("\(error)")
        case .cancelled: seen.append("cancelled")
        }
      }
      try await http.stream(.get, "/") { response in
        for try await _ in response.events { break }
      }
      #expect(seen.all == ["202 data: tick\n\n"])
    }
  }

  /// The service is held back by a reader that does not read: it cannot have sent more than what the rooms on the
  /// way hold.
  @Test(arguments: Reach.allCases.filter { $0 == .handler || $0.rawValue.hasPrefix("memory") })
  func `is felt by the service when nobody reads`(reach: Reach) async throws {
    let sent = Collected<Int>()
    let piece = [UInt8](repeating: 7, count: 32 << 10)
    let handler: HTTPHandler = { request, _ in
      if request.path == "/other" { return HTTPReply() }
      return HTTPReply(
        .ok,
        .stream(
          AsyncStream<[UInt8]>(unfolding: {
            sent.append(1)
            return sent.all.count <= 2_000 ? piece : nil
          })))
    }
    try await reach.drive(handler) { http in
      try await http.stream(.get, "/") { response in
        var pieces = response.pieces.makeAsyncIterator()
        _ = try await pieces.next()
        // The same service answers another request, and has every chance to go on with this one meanwhile.
        for _ in 0..<20 { try await http.send(.head, "/other").expect(status: .ok) }
        #expect(sent.all.count < 2_000)
      }
    }
  }

  @Test(arguments: Reach.allCases)
  func `that stops fails with a deadline for each piece`(reach: Reach) async throws {
    let handler: HTTPHandler = { _, _ in
      let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
      continuation.yield(Array("half".utf8))
      return HTTPReply(.ok, .stream(pieces))
    }
    try await reach.drive(handler) { http in
      let texts = try await failureTexts {
        try await http.stream(.get, "/", within: .seconds(3)) { response in
          for try await _ in response.pieces {}
        }
      }
      #expect(texts.count == 1)
      #expect(texts.first?.hasPrefix("GET /: no complete response within ") == true, "\(texts)")
      #expect(texts.first?.contains("after 4 bytes of the response's body") == true)
    }
  }

  @Test func `that is cut off throws what it knows, for the test to decide`() async throws {
    let script = ServerScript("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234", then: .close)
    try await withScriptedServer(script) { server in
      let seen = try await HTTPDriver(server.address).stream(.get, "/") { response in
        do {
          for try await _ in response.pieces {}
          return "complete"
        } catch let error as HTTPExchangeError {
          return "\(error.code): \(error.reason)"
        }
      }
      let place = "response cut off after 5 of 10 bytes of its body"
      #expect(seen == "responseCutOff: \(place): the server closed the connection")
    }
  }
}
