import HTTPTypes
import HarnessLoopback
import Testing
import Waiters

@testable import HTTPDriver

private struct OutOfStock: Error {
  var item = "tea"
  var note = "password=hunter2"
}

@Suite struct `A service that puts its answer into a sink` {
  /// A framework that answers every error with a 500 of its own.
  private let framework = HTTPTransport.calling(name: "framework", capabilities: .trailers) {
    request, body, sink in
    if request.path == "/fails" {
      sink.serviceThrew(OutOfStock())
      sink.head(HTTPResponse(status: .internalServerError))
      return sink.end(trailers: [:])
    }
    sink.head(HTTPResponse(status: .ok))
    for try await piece in body {
      guard await sink.write(piece) else { return }
    }
    sink.end(trailers: [.eTag: "1"])
  }

  @Test func `answers as it comes`() async throws {
    let exchange = try await HTTPDriver(framework).post("/", .text("hello")).expect(status: .ok)
    #expect(exchange.text == "hello")
    #expect(exchange.trailers == [.eTag: "1"])
    #expect(exchange.serviceError == nil)
  }

  @Test func `shows what it threw below what differed, without secrets`() async throws {
    let exchange = try await HTTPDriver(framework).get("/fails")
    #expect(exchange.serviceError is OutOfStock)
    let framework = framework
    let texts = try await failureTexts {
      try await HTTPDriver(framework).get("/fails").expect(status: .ok)
    }
    #expect(
      texts == [
        """
        GET /fails: status 500, expected 200
          threw     OutOfStock(item: "tea", note: "password=***")
          request   GET /fails
          response  500 Internal Server Error
          body      no media type, 0 bytes
          repeat    curl -i "$SERVICE/fails"
        """
      ])
  }

  @Test(arguments: [Reach.handler, .memory])
  func `has the error of a handler as a value`(reach: Reach) async throws {
    try await reach.drive({ _, _ in throw OutOfStock() }) { http in
      let error = try #require(await http.outcome(.get, "/").error)
      #expect(error.code == .handlerFailed)
      #expect(error.serviceError is OutOfStock)
    }
  }
}
