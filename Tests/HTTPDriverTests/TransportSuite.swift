import Foundation
import HTTPDriver
import HarnessJSON
import Testing
import Waiters

// Also compiled by Tests/HummingbirdSuite, where `Reach` leads to a Hummingbird application.

/// Answers with what it was asked.
@Sendable func echo(_ request: HTTPRequest, _ body: HTTPBody) async throws -> HTTPReply {
  let bytes = try await body.bytes()
  return HTTPReply(
    .ok,
    .json([
      "method": .string(request.method.rawValue), "path": .string(request.path ?? ""),
      "type": request.headerFields[.contentType].map { .string($0) } ?? .null,
      "length": request.headerFields[.contentLength].map { .string($0) } ?? .null,
      "x": .string(request.headerFields[values: .init("X-Test")!].joined(separator: "|")),
      "bytes": .number(JSONNumber(bytes.count)),
      "body": .string(String(decoding: bytes.prefix(100), as: UTF8.self)),
    ]))
}

@Suite struct `Exchanges over every transport` {
  @Test(arguments: Reach.allCases)
  func `carry method, path, headers and body`(reach: Reach) async throws {
    try await reach.drive(echo) { http in
      try await http.get("/a?b=1&c=%20", headers: [.init("X-Test")!: "one"])
        .expect(status: .ok)
        .expectMediaType("application/json")
        .expectJSON("/method", equals: "GET")
        .expectJSON("/path", equals: "/a?b=1&c=%20")
        .expectJSON("/x", equals: "one")
        .expectJSON("/length", equals: .null)
      try await http.post("/p", .json(["b": 1, "a": [true, .null]]))
        .expectJSON("/body", equals: "{\"b\":1,\"a\":[true,null]}")
        .expectJSON("/type", equals: "application/json")
        .expectJSON("/length", equals: "23")
      try await http.put("/p", .text("grüezi")).expectJSON("/body", equals: "grüezi")
      try await http.patch("/p", .form(["a": "1 & 2", "a": "ü"]))
        .expectJSON("/body", equals: "a=1+%26+2&a=%C3%BC")
        .expectJSON("/type", equals: "application/x-www-form-urlencoded")
      try await http.delete("/p").expectJSON("/method", equals: "DELETE")
      try await http.post("/p").expectJSON("/length", equals: "0")
      try await http.send(.options, "/p").expectJSON("/method", equals: "OPTIONS")
    }
  }

  @Test(arguments: Reach.allCases)
  func `send an Encodable in the order of its members`(reach: Reach) async throws {
    struct Order: Encodable {
      var symbol = "BMFI"
      var amount = 7
    }
    try await reach.drive(echo) { http in
      try await http.post("/", .json(Order()))
        .expectJSON("/body", equals: "{\"symbol\":\"BMFI\",\"amount\":7}")
    }
  }

  @Test(arguments: Reach.allCases)
  func `stream long bodies both ways`(reach: Reach) async throws {
    let mirror: HTTPHandler = { _, body in
      HTTPReply(.ok, .bytes(try await body.bytes(), contentType: "application/octet-stream"))
    }
    let pieces = (0..<50).map { [UInt8](repeating: UInt8($0), count: 20_000) }
    try await reach.drive(mirror) { http in
      let stream = AsyncStream { continuation in
        for piece in pieces { continuation.yield(piece) }
        continuation.finish()
      }
      let exchange = try await http.post("/", .stream(stream)).expect(status: .ok)
      #expect(exchange.body == pieces.flatMap(\.self))
    }
  }

  @Test(arguments: Reach.allCases)
  func `send forms with files`(reach: Reach) async throws {
    try await withTemporaryFile("a.csv", Array(repeating: 65, count: 100_000)) { path in
      try await reach.drive(echo) { http in
        let form = HTTPBody.multipart(boundary: "XX") {
          FilePart("file", .path(path))
          FieldPart("tag", "a")
        }
        try await http.post("/", form)
          .expectJSON("/type", equals: "multipart/form-data; boundary=XX")
          .expectJSON("/bytes", equals: .number(JSONNumber(form.length ?? 0)))
      }
    }
  }

  @Test(arguments: Reach.allCases)
  func `have a HEAD without a body`(reach: Reach) async throws {
    try await reach.drive({ _, _ in HTTPReply(.ok, .text("hello")) }) { http in
      let exchange = try await http.send(.head, "/").expect(status: .ok)
      #expect(exchange.body.isEmpty)
    }
  }

  @Test(arguments: Reach.allCases)
  func `end with their answer, although its body never does`(reach: Reach) async throws {
    /// Gives far more bytes than anybody takes, and looks at no cancellation.
    ///
    /// It lets others have its thread: a test that needs every thread of the pool waits for this one.
    struct Endless: AsyncSequence, AsyncIteratorProtocol, Sendable {
      var left = 20_000
      func makeAsyncIterator() -> Endless { self }
      mutating func next() async throws -> [UInt8]? {
        await Task.yield()
        guard left > 0 else { return nil }
        left -= 1
        return [1]
      }
    }
    let handler: HTTPHandler = { _, _ in HTTPReply(.ok, .stream(Endless())) }
    try await reach.drive(responseLimit: 1_000, handler) { http in
      try await http.send(.head, "/").expect(status: .ok)
      let error = try #require(await http.outcome(.get, "/").error)
      #expect(error.code == .responseTooLarge)
    }
  }

  @Test(arguments: Reach.allCases)
  func `refuse a response's body above the limit`(reach: Reach) async throws {
    let handler: HTTPHandler = { _, _ in HTTPReply(.ok, .text("0123456789")) }
    try await reach.drive(responseLimit: 9, handler) { http in
      let error = try #require(await http.outcome(.get, "/").error)
      #expect(error.code == .responseTooLarge)
      #expect(error.reason == "the response's body is longer than 9 bytes")
      #expect(error.body == Array("012345678".utf8))
    }
    try await reach.drive(responseLimit: 10, handler) { http in
      try await http.get("/").expect(status: .ok)
    }
  }

  @Test(arguments: Reach.allCases)
  func `fail by the deadline when there is no answer`(reach: Reach) async throws {
    let silence = AsyncStream<Void> { _ in }
    let handler: HTTPHandler = { _, _ in
      for await _ in silence {}
      return HTTPReply(.ok)
    }
    try await reach.drive(handler) { http in
      // Long enough to connect, on a busy machine.
      let error = try #require(await http.outcome(.get, "/", within: .seconds(3)).error)
      #expect(error.code == .timedOut)
      #expect(error.reason.hasPrefix("no response within "))
      #expect(error.reason.hasSuffix(": waiting for the response's head"))
    }
  }

  @Test(arguments: Reach.allCases)
  func `measure their phases`(reach: Reach) async throws {
    try await reach.drive(echo) { http in
      let timings = try await http.get("/").timings
      #expect((timings.connect == nil) == !reach.hasConnections)
      #expect(timings.request != nil)
      #expect(timings.head != nil)
      #expect(timings.body != nil)
      #expect(timings.total > .zero)
    }
  }

  @Test(arguments: Reach.allCases)
  func `fail when a body is not as long as was announced`(reach: Reach) async throws {
    let handler: HTTPHandler = { _, body in HTTPReply(.ok, .bytes(try await body.bytes())) }
    try await reach.drive(handler) { http in
      for (length, reason) in [
        (4, "it has 3 bytes, and 4 were announced"),
        (2, "it is longer than the 2 bytes that were announced"),
      ] {
        let stream = AsyncStream<[UInt8]> { continuation in
          // Two bytes are a whole body, which a service might answer before the third comes.
          continuation.yield([1, 2])
          continuation.yield([])
          continuation.yield([3])
          continuation.finish()
        }
        let error = try #require(
          await http.outcome(.post, "/", .stream(stream, length: length)).error)
        #expect(error.reason.hasSuffix(reason), "\(error.reason)")
      }
      try await withTemporaryFile("grows", [1, 2, 3]) { path in
        let body = HTTPBody.file(path)
        try Data([1, 2, 3, 4]).write(to: URL(filePath: path))
        let error = try #require(await http.outcome(.put, "/", body).error)
        #expect(
          error.reason.hasSuffix("it is longer than the 3 bytes that were announced"),
          "\(error.reason)")
      }
    }
  }

  @Test(arguments: Reach.allCases)
  func `fail when a body's source fails`(reach: Reach) async throws {
    struct Broken: Error {}
    try await reach.drive({ _, body in HTTPReply(.ok, .bytes(try await body.bytes())) }) { http in
      let stream = AsyncThrowingStream<[UInt8], any Error> { continuation in
        continuation.yield([1, 2, 3])
        continuation.finish(throwing: Broken())
      }
      let error = try #require(await http.outcome(.post, "/", .stream(stream)).error)
      #expect(error.code == .requestBodyFailed)
      #expect(error.reason == "no response: the request's body failed after 3 bytes: Broken()")
    }
  }

  @Test(arguments: Reach.allCases)
  func `run beside each other`(reach: Reach) async throws {
    try await reach.drive(echo) { http in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<40 {
          group.addTask {
            try await http.get("/\(number)").expectJSON("/path", equals: "/\(number)")
          }
        }
        try await group.waitForAll()
      }
    }
  }
}

extension HTTPOutcome {
  /// Why there is no response.
  var error: HTTPExchangeError? {
    if case .failed(let error) = self { error } else { nil }
  }
}
