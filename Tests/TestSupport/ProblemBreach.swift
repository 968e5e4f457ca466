package import ProblemJSON

/// A response that breaks exactly one rule.
package struct ProblemBreach: Sendable {
  package let rule: ProblemRule
  package let context: ProblemContext
  /// The type that a test expects; that of the document, but where the type is what is wrong.
  package let expectedType: String

  init(_ rule: ProblemRule, _ context: ProblemContext, type: String = "https://example.com/p") {
    self.rule = rule
    self.context = context
    expectedType = type
  }

  /// One for each rule that JSON can break; what XML can is with the tests of `HarnessXML`.
  package static var all: [ProblemBreach] {
    func json(
      _ body: String, status: Int = 400, _ change: (inout ProblemContext) -> Void = { _ in }
    ) -> ProblemContext {
      var context = ProblemContext(
        status: status, contentType: "application/problem+json", body: Array(body.utf8),
        url: "https://example.com/orders/7")
      change(&context)
      return context
    }
    func request(
      accept: String? = nil, language: String? = nil, body: String = ""
    ) -> ProblemContext.Request {
      .init(
        method: "POST", target: "/orders/7", accept: accept, acceptLanguage: language,
        body: Array(body.utf8))
    }
    let types = ProblemTypes(
      [ProblemType("/p", title: "Out of credit", statuses: [400], members: ["balance"])])
    let titles = ProblemTitles()
    _ = ProblemVerdict(
      checking: json(#"{"type":"https://example.com/p","title":"No credit"}"#) {
        $0.titles = titles
      })
    return [
      .init(.mediaType, json(#"{"type":"/p"}"#) { $0.contentType = "application/json" }),
      .init(.object, json("[1]"), type: "about:blank"),
      .init(.memberTypes, json(#"{"type":"/p","detail":7}"#)),
      .init(.typeIdentity, json(#"{"type":"/q"}"#)),
      .init(.typeReference, json(#"{"type":"out of stock"}"#), type: "out of stock"),
      .init(
        .documentedType,
        json(#"{"type":"/p"}"#) {
          $0.types = ProblemTypes([], documentedBelow: ["https://docs.example.com/"])
        }),
      .init(
        .absoluteReference, json(#"{"type":"p"}"#), type: "https://example.com/orders/p"),
      .init(.statusMatches, json(#"{"type":"/p","status":404}"#)),
      .init(.statusRange, json(#"{"type":"/p","status":1000}"#)),
      .init(
        .stableTitle, json(#"{"type":"/p","title":"Out of credit"}"#) { $0.titles = titles }),
      .init(.helpfulDetail, json(#"{"type":"/p","title":"No.","detail":"No."}"#)),
      .init(.readableDetail, json(#"{"type":"/p","detail":"{\"balance\":30}"}"#)),
      .init(.instanceReference, json(#"{"type":"/p","instance":"/a%2"}"#)),
      .init(.plainExtensions, json(#"{"type":"/p","extensions":{"balance":30}}"#)),
      .init(
        .xmlNames,
        json(#"{"type":"/p","2nd":1}"#) {
          $0.request = request(accept: "application/problem+xml, application/problem+json")
        }),
      .init(.extensionNames, json(#"{"type":"/p","invalid-params":[]}"#)),
      .init(.definedType, json(#"{"type":"/p","title":"Out of credit"}"#) { $0.types = types }),
      .init(
        .retryAfter,
        json(#"{"type":"/p"}"#, status: 503) {
          $0.types = ProblemTypes([ProblemType("/p", needsRetryAfter: true)])
        }),
      .init(.oneProblem, json(#"{"type":"/p","errors":[{"type":"/a"},{"type":"/b"}]}"#)),
      .init(
        .blankTitle, json(#"{"title":"No such report"}"#, status: 404), type: "about:blank"),
      .init(
        .registeredType,
        json(#"{"type":"http://www.iana.org/assignments/http-problem-types#date"}"#),
        type: "http://www.iana.org/assignments/http-problem-types#date"),
      .init(.noTraces, json(#"{"type":"/p","detail":"goroutine 17 [running]:"}"#)),
      .init(.noInternals, json(#"{"type":"/p","detail":"SELECT id FROM users"}"#)),
      .init(
        .negotiatedType,
        json(#"{"type":"/p"}"#) { $0.request = request(accept: "application/problem+json;q=0") }),
      .init(
        .negotiatedLanguage,
        json(#"{"type":"/p","title":"No"}"#) { $0.request = request(language: "de") }),
      .init(
        .errorPointers,
        json(##"{"type":"/p","errors":[{"pointer":"#/people/0/age"}]}"##) {
          $0.request = request(body: #"{"age":1}"#)
        }),
      .init(.errorStatus, json(#"{"type":"/p"}"#, status: 200)),
    ]
  }
}
