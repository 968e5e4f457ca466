import Foundation
import HTTPDriver
import HTTPDriverHummingbird
import Shop
import Testing

/// Finds out by trying what each way to an application can do, and holds the documentation against it.
@Suite struct `The table of ways` {
  private static let columns = [
    "framing", "rawBytes", "expectContinue", "informational", "trailers", "serviceSightings",
    "serviceError",
  ]

  @Test func `is what a run finds out`() async throws {
    var rows = [
      "| way | \(Self.columns.joined(separator: " | ")) |",
      "|" + String(repeating: "---|", count: Self.columns.count + 1),
    ]
    for reach in HummingbirdReach.allCases {
      let gates = ShopGates()
      try await withHummingbirdApplication(makeShop(gates), over: reach) { transport in
        let found = try await Self.probe(HTTPDriver(transport), gates)
        let named = Dictionary(uniqueKeysWithValues: HTTPTransport.Capabilities.named)
        // A socket could carry what Hummingbird does not send.
        for (name, capability) in named where !transport.capabilities.contains(.sockets) {
          guard Self.columns.contains(name) else { continue }
          let isDeclared = transport.capabilities.contains(capability)
          #expect(found.contains(name) == isDeclared, "\(reach): \(name)")
        }
        let marks = Self.columns.map { found.contains($0) ? "yes" : "no" }
        rows.append("| `\(reach)` | \(marks.joined(separator: " | ")) |")
      }
    }
    let article = try String(contentsOfFile: Self.article, encoding: .utf8)
    #expect(
      article.contains(rows.joined(separator: "\n") + "\n"), "\(rows.joined(separator: "\n"))")
  }

  private static var article: String {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<5 { folder.deleteLastPathComponent() }
    let catalog = "Sources/HTTPDriverHummingbird/HTTPDriverHummingbird.docc"
    return folder.appending(path: "\(catalog)/TestingARouterInProcess.md").path
  }

  private static func probe(_ http: HTTPDriver, _ gates: ShopGates) async throws -> Set<String> {
    var found: Set<String> = []
    let framed = try await http.post("/framing", .text("hello").inChunks([2]))
    if framed.text == "chunked" { found.insert("framing") }
    if !framed.informational.isEmpty { found.insert("informational") }
    if !framed.trailers.isEmpty { found.insert("trailers") }
    if await http.raw("GET /items/7 HTTP/1.1\r\nHost: a\r\n\r\n").status == 200 {
      found.insert("rawBytes")
    }
    let waiting = await http.outcome(
      .post, "/framing", .text("a"), headers: [.expect: "100-continue"], within: .seconds(1))
    if case .response(let exchange) = waiting, !exchange.informational.isEmpty {
      found.insert("expectContinue")
    }
    let gone = try await http.cancelling(.get, "/stream", at: .afterResponseHead)
    gates.rest.open()
    if gone.serviceSawItAfter != nil { found.insert("serviceSightings") }
    if try await http.get("/fails").serviceError != nil { found.insert("serviceError") }
    return found
  }
}
