import Foundation
import GoldenFiles
import Testing

/// The code of the articles, as it stands there.
@Suite struct `The articles on golden files` {
  private static let report: JSONValue = [
    "id": "0b7c1f0e-52d6-4f6a-9b0c-7d1f6f2a9e11", "createdAt": "2025-06-24T10:30:00Z",
    "total": 12.5,
  ]

  /// The landing page.
  @Test func `begin with what is used most`() throws {
    let report = Self.report
    try expectGolden(
      report, named: "article", rules: [.uuid("/id"), .timestamp("/createdAt")])
  }

  /// "Letting values vary": each row of the table, with what it says stands in the file.
  @Test(
    arguments: [
      (.uuid("/id"), #"{"id":"0b7c1f0e-52d6-4f6a-9b0c-7d1f6f2a9e11"}"#, #"{"id":"<uuid>"}"#),
      (
        .uuid("/id", alias: "order"), #"{"id":"0b7c1f0e-52d6-4f6a-9b0c-7d1f6f2a9e11"}"#,
        #"{"id":"<order 1>"}"#
      ),
      (
        .alias("/rows/*/code", "code"), #"{"rows":[{"code":7},{"code":8},{"code":7}]}"#,
        #"{"rows":[{"code":"<code 1>"},{"code":"<code 2>"},{"code":"<code 1>"}]}"#
      ),
      (.timestamp("/at"), #"{"at":"2025-06-24T10:30:00Z"}"#, #"{"at":"<timestamp>"}"#),
      (
        .timestamp("/at", within: .seconds(60), of: Date(timeIntervalSince1970: 0)),
        #"{"at":"1970-01-01T00:00:59Z"}"#, #"{"at":"<timestamp>"}"#
      ),
      (.number("/total", tolerance: 0.01), #"{"total":1.5}"#, #"{"total":1.5}"#),
      (.regex("/etag", "W/[0-9]+"), #"{"etag":"W/17"}"#, #"{"etag":"<regex W/[0-9]+>"}"#),
      (.any("/trace"), #"{"trace":[1]}"#, #"{"trace":"<any>"}"#),
      (.ignored("/debug"), #"{"debug":{}}"#, #"{"debug":"<ignored>"}"#),
      (.optional("/next"), #"{"next":1}"#, #"{"next":1}"#),
      (.unordered("/tags"), #"{"tags":[2,1]}"#, #"{"tags":[2,1]}"#),
      (.keyed("/rows", by: "/id"), #"{"rows":[{"id":1}]}"#, #"{"rows":[{"id":1}]}"#),
      // The places.
      (.any("/rows/*/id"), #"{"rows":[{"id":1}]}"#, #"{"rows":[{"id":"<any>"}]}"#),
      (.any(""), "[1]", #""<any>""#),
      (.any("$..id"), #"{"id":1,"a":[{"id":2}]}"#, #"{"id":"<any>","a":[{"id":"<any>"}]}"#),
      (
        .any("$.rows[?@.kind == 'refund'].at"), #"{"rows":[{"kind":"refund","at":1},{"at":2}]}"#,
        #"{"rows":[{"kind":"refund","at":"<any>"},{"at":2}]}"#
      ),
      (
        .any("$.rows[-1].total"), #"{"rows":[{"total":1},{"total":2}]}"#,
        #"{"rows":[{"total":1},{"total":"<any>"}]}"#
      ),
    ] as [(GoldenRule, String, String)])
  func `say what a rule writes`(_ rule: GoldenRule, _ value: String, _ stored: String) throws {
    let comparison = JSONGolden().compare(try JSONValue(parsing: value), with: nil, rules: [rule])
    #expect(comparison.violations.map(\.description) == [])
    #expect(comparison.candidate.compactText == stored)
  }
}
