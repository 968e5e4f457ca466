import Testing

@testable import HTTPDriver

@Suite struct `An event stream` {
  private func events(_ text: String, piece size: Int) throws -> [ServerSentEvent] {
    var splitter = LineSplitter(endsAtCR: true, limit: 100)
    var parser = EventStreamParser(dataLimit: 100)
    var events: [ServerSentEvent] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      for line in try splitter.push(Array(rest.prefix(size))) {
        if let event = try parser.take(line) { events.append(event) }
      }
      rest = rest.dropFirst(size)
    }
    return events
  }

  /// The examples of the HTML Standard, section 9.2.6, and its rules.
  static let examples: [(String, [ServerSentEvent])] = [
    (
      "data: YHOO\ndata: +2\ndata: 10\n\n", [ServerSentEvent(data: "YHOO\n+2\n10")]
    ),
    (
      ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
      [
        ServerSentEvent(data: "first event", id: "1"), ServerSentEvent(data: "second event"),
        ServerSentEvent(data: " third event"),
      ]
    ),
    ("data\n\ndata\ndata\n\ndata:", [ServerSentEvent(data: ""), ServerSentEvent(data: "\n")]),
    (
      "data:test\n\ndata: test\n\n", [ServerSentEvent(data: "test"), ServerSentEvent(data: "test")]
    ),
    ("event: add\r\ndata: 1\r\n\r\n", [ServerSentEvent(type: "add", data: "1")]),
    (
      "event: add\rdata: 1\r\rdata: 2\r\r",
      [
        ServerSentEvent(type: "add", data: "1"), ServerSentEvent(data: "2"),
      ]
    ),
    ("\u{feff}data: bom\n\n", [ServerSentEvent(data: "bom")]),
    (
      "id: 7\ndata: a\n\ndata: b\n\n",
      [
        ServerSentEvent(data: "a", id: "7"), ServerSentEvent(data: "b", id: "7"),
      ]
    ),
    ("id: 7\u{0}\ndata: a\n\n", [ServerSentEvent(data: "a")]),
    ("event: only\n\nunknown: x\ndata: y\n\n", [ServerSentEvent(data: "y")]),
  ]

  @Test(arguments: examples.indices, [1, 2, 3, 1_000])
  func `means the same however it is cut`(_ index: Int, size: Int) throws {
    let (text, expected) = Self.examples[index]
    #expect(try events(text, piece: size) == expected)
  }

  @Test func `has bounded lines and data`() {
    #expect(throws: HTTPLineTooLong(limit: 100)) {
      try events("data: " + String(repeating: "x", count: 100), piece: 7)
    }
    #expect(throws: HTTPLineTooLong(limit: 100)) {
      try events(String(repeating: "data: 0123456789\n", count: 20), piece: 7)
    }
  }

  @Test func `keeps how long to wait before the next connection`() throws {
    var parser = EventStreamParser()
    _ = try parser.take(Array("retry: 1500".utf8))
    #expect(parser.retry == 1_500)
    _ = try parser.take(Array("retry: soon".utf8))
    #expect(parser.retry == 1_500)
  }
}
