import Testing

@testable import HarnessWebSocket

/// The bytes of a connection come in whatever pieces the network makes of them.
@Suite struct `Cuts between pieces` {
  /// Every place, and every pair of places: with them, what has been read is continued from each state by
  /// each piece, and so by every cut there is.
  @Test(arguments: WireStream.corpus)
  func `never change what comes of the bytes`(stream: WireStream) {
    let bytes = stream.bytes
    let whole = stream.results([bytes[...]])
    let single = stream.results(bytes.indices.map { bytes[$0...$0] })
    #expect(single == whole, "byte by byte")
    // For long streams not every pair, but every place with ends that are near and far.
    let isLong = bytes.count > 160
    for first in 0...bytes.count {
      let ends =
        isLong ? [first + 1, first + 7, (first + bytes.count) / 2] : Array(first...bytes.count)
      for second in ends where second <= bytes.count {
        let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]]
        let results = stream.results(pieces)
        guard results != whole else { continue }
        #expect(results == whole, "cut at \(first) and \(second)")
        return
      }
    }
  }

  @Test func `never change what comes of any bytes`() {
    var random = SystemRandomNumberGenerator()
    let payloads: [[UInt8]] = [
      [], [65], Array("grüezi 👋".utf8), [0xe2], [0x82, 0xac], [0x03, 0xe8], [0xff, 0xfe],
      Array(repeating: 66, count: 125), [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00], [0x00],
      [0xf2, 0x00, 0x11, 0x00, 0x00], [0x63, 0x18, 0x05, 0x00],
    ]
    // Mostly what may come, so that streams get far; now and then what may not.
    let heads: [UInt8] = [
      0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x80, 0x89, 0x8a, 0x81, 0x82, 0xc1, 0xc2, 0x41, 0x88,
      0x83,
    ]
    for _ in 0..<300 {
      let bytes: [UInt8] = (0..<12).flatMap { _ in
        WireStream.frame(
          heads.randomElement(using: &random) ?? 0, payloads.randomElement(using: &random) ?? [])
      }
      let stream = WireStream(
        "random", deflate: .init(), limits: WSLimits(message: 300), bytes)
      let whole = stream.results([bytes[...]])
      for most in [1, 2, 7, 40] {
        var rest = bytes[...]
        var pieces: [ArraySlice<UInt8>] = []
        while !rest.isEmpty {
          pieces.append(rest.prefix(.random(in: 1...most, using: &random)))
          rest = rest.dropFirst(pieces.last?.count ?? 0)
        }
        #expect(stream.results(pieces) == whole, "\(hex(bytes))")
      }
    }
  }

  /// What a corpus holds must reach what it is for.
  @Test func `are tried on streams of every kind`() {
    let endings = WireStream.corpus.compactMap { stream -> String? in
      for event in stream.results([stream.bytes[...]]).events {
        if case .failed(let violation) = event { return violation.description }
      }
      return nil
    }
    #expect(Set(endings).count >= 40)
    #expect(WireStream.corpus.count - endings.count >= 15)
  }
}
