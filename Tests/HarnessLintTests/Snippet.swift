import Testing

@testable import HarnessLint

/// A source, and what the rules find in it, each as `line:column construct text`.
struct Snippet: Sendable, CustomTestStringConvertible {
  let source: String
  let found: [String]

  init(_ source: String, _ found: String...) {
    self.source = source
    self.found = found
  }

  var testDescription: String { source }

  func check(_ location: SourceLocation = #_sourceLocation) throws {
    let bytes = Array(source.utf8)
    var shown: [String] = []
    try FirstReading(bytes).forEachMatch { match in
      shown.append("\(match.place.line):\(match.place.column) \(match.construct) \(match.text)")
    }
    // What the shortcut would not have read.
    if !shown.isEmpty { #expect(Triggers.arePresent(in: bytes), sourceLocation: location) }
    #expect(shown == found, "\(source)", sourceLocation: location)
  }
}
