import Testing

@testable import HTTPDriver

/// Bytes that nobody sends on purpose, made from a seed: what reads them neither traps nor depends on the cuts.
@Suite struct `Readers of bodies and fields` {
  /// A generator that gives the same numbers for the same seed.
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
      return mixed ^ mixed >> 31
    }
  }

  private static let words: [[UInt8]] =
    [
      "data", "event", "id", "retry", ":", " ", "\n", "\r", "\r\n", "\u{feff}", "\0", "ü", "a=1",
      ";", "Path=/",
      "Domain=", "Max-Age=", "Expires=", "99999999999999999999", "-", "06 Nov 1994", "08:49:37",
      "%", "%4", "&", "{",
      "\"", "[", "]", "1",
    ].map { Array($0.utf8) } + [[0xff], [0xc3], [0x1f, 0x8b, 8, 0], [0x78, 0x9c]]

  private static func noise(_ numbers: inout Numbers) -> [UInt8] {
    (0..<Int.random(in: 0..<24, using: &numbers)).flatMap { _ in
      Self.words.randomElement(using: &numbers) ?? []
    }
  }

  private static func events(_ bytes: [UInt8], cut size: Int) -> [String] {
    var splitter = LineSplitter(endsAtCR: true, limit: 64)
    var parser = EventStreamParser(dataLimit: 64)
    var events: [String] = []
    var rest = bytes[...]
    do {
      while !rest.isEmpty {
        for line in try splitter.push(Array(rest.prefix(size))) {
          if let event = try parser.take(line) { events.append("\(event)") }
        }
        rest = rest.dropFirst(size)
      }
    } catch {
      // What a piece had before the line that is too long is lost with it.
      return ["too long"]
    }
    return events
  }

  @Test(arguments: [1, 2, 3, 4])
  func `take whatever comes`(seed: UInt64) {
    var numbers = Numbers(state: seed)
    for _ in 0..<5_000 {
      let bytes = Self.noise(&numbers)
      let whole = Self.events(bytes, cut: max(1, bytes.count))
      #expect(Self.events(bytes, cut: 1) == whole, "\(bytes)")
      let text = String(decoding: bytes, as: UTF8.self)
      _ = CookieDate(parsing: text)?.secondsSince1970
      var store = CookieStore()
      store.take(text, host: "www.example.com", path: text, now: 0)
      _ = store.value(forHost: "www.example.com", path: "/a/b", now: 0)
      for coding in HTTPContentCoding.allCases {
        if let decoded = try? ContentDecoder.decode(bytes, coding, limit: 100) {
          #expect(decoded.count <= 100)
        }
      }
      for type in [
        "application/json", "application/x-ndjson", "text/event-stream", "text/plain",
        "application/x-www-form-urlencoded",
      ] {
        _ = try? HTTPContent(bytes, mediaType: type)
      }
      _ = RoutePattern(text).matches("GET", RoutePattern.segments(of: text))
    }
  }
}
