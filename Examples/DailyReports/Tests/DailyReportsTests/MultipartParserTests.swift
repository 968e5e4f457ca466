import NIOCore
import Testing

@testable import DailyReports

@Suite struct `A multipart body` {
  static let body = [
    "preamble", "--b", "Content-Disposition: form-data; name=\"note\"", "", "two", "lines",
    "--b  ", "Content-Disposition: form-data; name=\"file\"; filename=\"a;\\\"b\\\".xlsx\"",
    "Content-Type: text/plain", "", "\r-\r\n--a--", "--b", "", "no head", "--b--", "epilogue",
  ].joined(separator: "\r\n")

  static let parts = [
    Part(name: "note", fileName: nil, content: "two\r\nlines"),
    Part(name: "file", fileName: "a;\"b\".xlsx", content: "\r-\r\n--a--"),
    Part(name: nil, fileName: nil, content: "no head"),
  ]

  struct Part: Equatable {
    var name: String?
    var fileName: String?
    var content = ""
  }

  // However the network cuts it.
  @Test(arguments: 1...40)
  func `falls into its parts`(pieceLength: Int) throws {
    let (parts, isWhole) = try Self.parse(Self.body, inPiecesOf: pieceLength)
    #expect(parts == Self.parts)
    #expect(isWhole)
  }

  @Test func `is not whole before its last delimiter`() throws {
    let cut = Self.body.dropLast("--\r\nepilogue".count)
    let (parts, isWhole) = try Self.parse(cut, inPiecesOf: 7)
    #expect(parts == Self.parts)
    #expect(!isWhole)
  }

  @Test func `may not have a head without end`() {
    let body = "--b\r\n" + String(repeating: "a", count: 20_000)
    #expect(throws: ServiceProblem.self) { try Self.parse(body, inPiecesOf: 1_000) }
  }

  private static func parse(
    _ body: some StringProtocol, inPiecesOf length: Int
  ) throws -> (parts: [Part], isWhole: Bool) {
    var parser = MultipartParser(boundary: "b")
    var parts: [Part] = []
    var isWhole = false
    var rest = Array(body.utf8)[...]
    while !rest.isEmpty {
      parser.append(ByteBuffer(bytes: rest.prefix(length)))
      rest = rest.dropFirst(length)
      while let event = try parser.next() {
        switch event {
        case .part(let head): parts.append(Part(name: head.name, fileName: head.fileName))
        case .bytes(let bytes): parts[parts.count - 1].content += String(buffer: bytes)
        case .end: isWhole = true
        }
      }
    }
    return (parts, isWhole)
  }
}
