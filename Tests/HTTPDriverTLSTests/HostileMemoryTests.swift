#if TLS && os(Linux)
  import Foundation
  import HarnessLock
  import HarnessLoopback
  import Testing

  @testable import HTTPDriver
  @testable import HTTPDriverTLS

  /// The memory that a server can take which sends without end.
  ///
  /// It measures the whole process, so it runs alone: with `HARNESS_MEASURE_MEMORY=1` and
  /// `--no-parallel --filter HostileMemoryTests`. Both ends are in the process; the server keeps one piece.
  @Suite(
    .serialized,
    .enabled("measures the process alone, with HARNESS_MEASURE_MEMORY=1") {
      ProcessInfo.processInfo.environment["HARNESS_MEASURE_MEMORY"] != nil
    })
  struct `The memory of a client of a hostile server` {
    /// What the server sends over and over, behind its answer, over HTTP/1.1.
    struct Flood: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let answer: String
      let unit: String
      /// Whether the test reads the body as a stream, and leaves when it has had enough.
      var isStreamed = false

      /// Follows the script on a connection, and counts the bytes that have left.
      func serve(_ stream: ByteStream, _ sent: Lock<Int>) {
        let piece = Array(
          String(repeating: unit, count: max(1, (64 << 10) / unit.utf8.count)).utf8)
        let hasBegun = Lock(false)
        stream.start { event in
          guard case .bytes = event else { return }
          let isSecond = hasBegun.withLock { hasBegun in
            defer { hasBegun = true }
            return hasBegun
          }
          guard !isSecond else { return }
          stream.write(Array(answer.utf8))
          // Ends with the connection.
          Task { while await stream.send(piece) { sent.withLock { $0 += piece.count } } }
        }
      }
    }

    private static let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    private static let chunk = "4000\r\n" + String(repeating: "x", count: 0x4000) + "\r\n"

    static let floods = [
      Flood(testDescription: "a reason phrase", answer: "HTTP/1.1 200 ", unit: "x"),
      Flood(testDescription: "a field's name", answer: "HTTP/1.1 200 OK\r\n", unit: "x"),
      Flood(testDescription: "a field's value", answer: "HTTP/1.1 200 OK\r\nA: ", unit: "x"),
      Flood(testDescription: "fields", answer: "HTTP/1.1 200 OK\r\n", unit: "A: b\r\n"),
      Flood(testDescription: "empty lines before the head", answer: "", unit: "\r\n"),
      Flood(
        testDescription: "informational responses", answer: "",
        unit: "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
      Flood(testDescription: "a body", answer: "HTTP/1.1 200 OK\r\n\r\n", unit: "x"),
      Flood(
        testDescription: "10 GB of a body",
        answer: "HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n", unit: "x"),
      Flood(
        testDescription: "a body, streamed", answer: "HTTP/1.1 200 OK\r\n\r\n", unit: "x",
        isStreamed: true),
      Flood(testDescription: "chunks", answer: chunked, unit: chunk),
      Flood(
        testDescription: "chunks, streamed", answer: chunked, unit: chunk, isStreamed: true),
      Flood(testDescription: "a chunk's extension", answer: "\(chunked)1;", unit: "x"),
      Flood(testDescription: "a chunk's size", answer: chunked, unit: "0"),
      Flood(testDescription: "trailers", answer: "\(chunked)0\r\n", unit: "A: b\r\n"),
      Flood(testDescription: "a trailer's value", answer: "\(chunked)0\r\nA: ", unit: "x"),
    ]

    private static let enough = 300 << 20
    /// More than a body may have that is gathered, while its array grows.
    private static let bound = 64 << 20

    @Test(arguments: [false, true])
    func `is bounded over HTTP/1.1`(overTLS: Bool) async throws {
      for flood in Self.floods {
        let sent = Lock(0)
        let accept: @Sendable (ByteStream) -> Void = { flood.serve($0, sent) }
        try await Self.serve(overTLS: overTLS, accept) { transport in
          try await Self.measure(
            "\(overTLS ? "TLS  " : "plain") \(flood.testDescription)", sent
          ) {
            let http = HTTPDriver(transport)
            guard flood.isStreamed else {
              return await Self.text(http.outcome(.get, "/", within: .seconds(4)))
            }
            return try await http.stream(.get, "/", within: .seconds(60)) { response in
              var count = 0
              for try await piece in response.pieces {
                count += piece.count
                if count > Self.enough { break }
              }
              return "left by the test"
            }
          }
        }
      }
    }

    /// What an exchange leaves behind would add up to 16 MiB each time.
    @Test func `does not add up`() async throws {
      let flood = Flood(
        testDescription: "a body, 30 times", answer: "HTTP/1.1 200 OK\r\n\r\n", unit: "x")
      let sent = Lock(0)
      try await Self.serve(overTLS: false, { flood.serve($0, sent) }) { transport in
        func exchange() async -> String {
          await Self.text(HTTPDriver(transport).outcome(.get, "/"))
        }
        // Each event loop and each thread of tasks has a heap of its own, which grows once.
        for _ in 0..<10 { _ = await exchange() }
        try await Self.measure("plain \(flood.testDescription)", sent) {
          for _ in 0..<29 { _ = await exchange() }
          return await exchange()
        }
      }
    }

    @Test func `is bounded over HTTP/2`() async throws {
      let data = Frame(kind: .data, payload: [UInt8](repeating: 0, count: 16_384))
      let endless = `HTTP/2 servers that flood`.Case(
        testDescription: "DATA without end",
        script: FrameScript([.settings, .ok()], then: .flood(data.bytes)),
        code: .malformedResponse, reason: "")
      for hostile in `HTTP/2 servers that flood`.cases + [endless] {
        guard case .flood(let unit) = hostile.script.ending else { continue }
        let sent = Lock(0)
        var script = hostile.script
        // Many frames at once, as a server would that wants to be fast.
        script.ending = .flood(
          Array(repeatElement(unit, count: max(1, (64 << 10) / unit.count)).joined()))
        let flood = script
        let accept: @Sendable (ByteStream) -> Void = { stream in
          flood.serve(stream, flooded: { count in sent.withLock { $0 += count } })
        }
        let listener = try await ByteListener.tcp(accept: accept)
        let port = try #require(listener.port)
        try await Self.measure("h2    \(hostile.testDescription)", sent) {
          await Self.text(
            HTTPDriver(.http2("http://127.0.0.1:\(port)")).outcome(.get, "/", within: .seconds(4)))
        }
        await listener.close()
      }
    }

    private static func serve(
      overTLS: Bool, _ accept: @escaping @Sendable (ByteStream) -> Void,
      _ body: (HTTPTransport) async throws -> Void
    ) async throws {
      guard overTLS else { return try await withByteServer(accept, body) }
      let authority = try TestAuthority()
      let server = TLSServer(try authority.issue("127.0.0.1"))
      try await withByteListener(over: server, accept: accept) { place in
        try await body(.tls("https://\(place)", TLSClient(trusting: authority)))
      }
    }

    /// Measures how far the memory grows beyond what it was, and prints a row.
    private static func measure(
      _ name: String, _ sent: Lock<Int>, _ exchange: () async throws -> String
    ) async throws {
      let before = try resetPeak()
      let start = ContinuousClock.now
      let outcome = try await exchange()
      let (seconds, attoseconds) = start.duration(to: .now).components
      let tenths = seconds * 10 + attoseconds / 100_000_000_000_000_000
      let grown = try peak() - before
      func column(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
      }
      print(
        column(name, 68), column("\(sent.withLock { $0 } >> 20)", 5), column("\(before >> 20)", 4),
        column("\(grown >> 20)", 4),
        column("\(tenths / 10).\(tenths % 10)", 5), outcome)
      #expect(grown < bound, "\(name)")
    }

    private static func text(_ outcome: HTTPOutcome) -> String {
      switch outcome {
      case .response(let exchange): "answered with \(exchange.status.code)"
      case .failed(let error): error.reason
      case .cancelled: "cancelled"
      }
    }

    /// Takes what the process holds now for the most that it has held, and gives that, in bytes.
    private static func resetPeak() throws -> Int {
      giveBack()
      try Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
      return try peak()
    }

    /// Gives back to the system what earlier rows have freed, so that none hides in it.
    private static func giveBack() {
      typealias Trim = @convention(c) (Int) -> Int32
      guard let symbol = unsafe dlsym(nil, "malloc_trim") else { return }
      // The C function of that name takes a size and gives an int.
      _ = unsafe unsafeBitCast(symbol, to: Trim.self)(0)
    }

    private static func peak() throws -> Int {
      let file = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/status"))
      defer { try? file.close() }
      let status = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
      let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
      return try #require(Int(line.filter(\.isNumber))) * 1_024
    }
  }
#endif
