import GoldenFiles
import HarnessTestSupport
import ProblemJSON
import Testing

@Suite struct `A problem` {
  private func problem(_ text: String) throws -> Problem {
    Problem(try #require(try JSONValue(parsing: text).objectValue))
  }

  @Test func `has the members of the standard and keeps the others in order`() throws {
    let problem = try problem(
      #"{"balance":30,"type":"https://example.com/probs/out-of-credit","title":"No credit","#
        + #""status":403,"detail":"30 is less than 50.","instance":"/account/1","accounts":["/2"]}"#
    )
    #expect(problem.type == "https://example.com/probs/out-of-credit")
    #expect(problem.title == "No credit")
    #expect(problem.status == 403)
    #expect(problem.detail == "30 is less than 50.")
    #expect(problem.instance == "/account/1")
    #expect(problem.extensions.map(\.name) == ["balance", "accounts"])
    #expect(problem["balance"] == 30)
    #expect(problem["title"] == nil)
    #expect(problem.ignored.isEmpty)
  }

  @Test func `is about:blank without members`() throws {
    let problem = try problem("{}")
    #expect(problem.type == "about:blank")
    #expect(problem.title == nil)
    #expect(problem.status == nil)
  }

  @Test(arguments: [
    (#"{"type":1}"#, "type", "a string"),
    (#"{"type":null}"#, "type", "a string"),
    (#"{"title":{}}"#, "title", "a string"),
    (#"{"detail":[]}"#, "detail", "a string"),
    (#"{"instance":false}"#, "instance", "a string"),
    (#"{"status":"404"}"#, "status", "a number"),
    (#"{"status":404.5}"#, "status", "an integer"),
  ])
  func `counts a member of the wrong type as absent`(
    _ text: String, _ name: String, _ expected: String
  ) throws {
    let problem = try problem(text)
    #expect(problem.type == "about:blank")
    #expect(problem.status == nil)
    #expect(problem.ignored.map(\.name) == [name])
    #expect(problem.ignored.map(\.expected) == [expected])
  }

  @Test func `takes 404.0 for the integer it is`() throws {
    #expect(try problem(#"{"status":404.0}"#).status == 404)
  }

  // MARK: Types

  /// Source: RFC 3986, sections 5.4.1 and 5.4.2.
  @Test(arguments: [
    ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
    ("/g", "http://a/g"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"),
    ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q#s"), ("g#s", "http://a/b/c/g#s"),
    ("g?y#s", "http://a/b/c/g?y#s"), (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"),
    ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"),
    ("..", "http://a/b/"), ("../", "http://a/b/"), ("../g", "http://a/b/g"),
    ("../..", "http://a/"), ("../../", "http://a/"), ("../../g", "http://a/g"),
    ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
    ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g"), ("g..", "http://a/b/c/g.."),
    ("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"),
    ("g/../h", "http://a/b/c/h"), ("g?y/../x", "http://a/b/c/g?y/../x"),
  ])
  func `resolves its type`(_ reference: String, _ target: String) {
    #expect(Problem(type: reference).resolvedType(base: "http://a/b/c/d;p?q") == target)
    #expect(Problem(type: reference).resolvedType(base: nil) == reference)
  }

  // MARK: Writing

  @Test func `is written strictly`() throws {
    let problem = Problem(
      type: "https://example.com/p", title: "No", status: 400, detail: "Not today.",
      instance: "/orders/7", extensions: JSONObject([.init(name: "balance", value: 30)]))
    #expect(
      try JSONValue.object(problem.jsonObject()).compactText
        == #"{"type":"https://example.com/p","title":"No","status":400,"detail":"Not today.","#
        + #""instance":"/orders/7","balance":30}"#)
    #expect(try JSONValue.object(Problem().jsonObject()).compactText == #"{"type":"about:blank"}"#)
  }

  @Test(arguments: [
    (Problem(type: "a b"), "type: no URI reference: it has the character U+0020"),
    (
      Problem(instance: "%"),
      "instance: no URI reference: \"%\" is not followed by two hexadecimal digits"
    ),
    (Problem(status: 600), "status: 600 is no HTTP status code"),
    (
      Problem(extensions: JSONObject([.init(name: "title", value: 1)])),
      "title: the name is there already"
    ),
    (
      Problem(extensions: JSONObject([.init(name: "a-b", value: 1)])),
      "a-b: the name cannot be used in every format"
    ),
  ])
  func `is not written when it breaks a rule`(_ problem: Problem, _ message: String) {
    let error = #expect(throws: ProblemWritingError.self) { try problem.jsonObject() }
    #expect(error?.description == message)
  }

  // MARK: Golden files

  @Test func `is a golden file`() throws {
    let problem = try problem(
      #"{"instance":"/orders/0b7c1f0e-52d6-4f6a-9b0c-7d1f6f2a9e11","status":"x","type":"/p"}"#)
    try expectGolden(
      problem, as: .problem, named: "problem", rules: [.regex("/instance", "/orders/[-0-9a-f]+")])
  }

  @Test func `is read from a golden file that has been through something`() throws {
    let problem = try problem(#"{"type":"/out-of-stock","title":"Out of stock","left":0}"#)
    try expectGolden(GoldenDamage.table(problem, as: .problem), named: "damage")
  }
}
