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
}
