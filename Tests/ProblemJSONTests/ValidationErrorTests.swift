import ProblemJSON
import Testing

@Suite struct `The validation errors of a problem` {
  struct Shape: CustomTestStringConvertible {
    let source: String
    let body: String
    let errors: [String]
    var testDescription: String { source }

    init(_ source: String, _ body: String, _ errors: [String]) {
      self.source = source
      self.body = body
      self.errors = errors
    }
  }

  static let shapes = [
    Shape(
      "RFC 9457, section 3",
      ##"{"errors":[{"detail":"must be positive","pointer":"#/age"}]}"##,
      ["/errors/0 /age: must be positive"]),
    Shape(
      "RFC 7807, section 3.1",
      #"{"invalid-params":[{"name":"age","reason":"must be positive"}]}"#,
      ["/invalid-params/0 ~/age: must be positive"]),
    Shape(
      "ASP.NET Core", #"{"errors":{"Items[0].Name":["is required","is short"],"$.total":["x"]}}"#,
      [
        "/errors/Items[0].Name/0 ~/Items/0/Name: is required",
        "/errors/Items[0].Name/1 ~/Items/0/Name: is short", "/errors/$.total/0 ~/total: x",
      ]),
    Shape(
      "Spring, Zalando, Quarkus",
      #"{"violations":[{"field":"comments[0].review","message":"is mandatory"}]}"#,
      ["/violations/0 ~/comments/0/review: is mandatory"]),
    Shape(
      "ACME, RFC 8555, section 6.7.1",
      #"{"subproblems":[{"type":"urn:x","detail":"rejected","identifier":{"value":"a"}}]}"#,
      ["/subproblems/0 -: rejected"]),
    Shape(
      "Kong",
      #"{"invalid_parameters":[{"field":"range.start","rule":"is_date","reason":"no date"}]}"#,
      ["/invalid_parameters/0 ~/range/start: no date"]),
    Shape(
      "Adyen", #"{"invalidFields":[{"name":"payload","value":"null","message":"not null"}]}"#,
      ["/invalidFields/0 ~/payload: not null"]),
    Shape(
      "Belgif", #"{"issues":[{"in":"path","name":"number","detail":"is not assigned"}]}"#,
      ["/issues/0 ~/number: is not assigned"]),
    Shape(
      "JSON:API", #"{"errors":[{"title":"Invalid","source":{"pointer":"/data/name"}}]}"#,
      ["/errors/0 /data/name: Invalid"]),
    Shape(
      "PeerTube", #"{"invalid-params":{"name":{"msg":"is taken"}}}"#,
      ["/invalid-params/name ~/name: is taken"]),
    Shape(
      "FastAPI", #"{"errors":[{"loc":["body","items",0,"name"],"msg":"field required"}]}"#,
      ["/errors/0 ~/items/0/name: field required"]),
    Shape("texts alone", #"{"errors":["a","b"]}"#, ["/errors/0 -: a", "/errors/1 -: b"]),
    Shape("none", #"{"errors":7,"issues":[1,null]}"#, []),
    Shape(
      "a field that is no path", #"{"errors":{"a[0":["x"],"":["y"]}}"#,
      ["/errors/a[0/0 -: x", "/errors//0 -: y"]),
  ]

  @Test(arguments: shapes) func `are read in the shapes of the world`(_ shape: Shape) throws {
    let problem = Problem(try #require(try JSONValue(parsing: shape.body).objectValue))
    let errors = problem.validationErrors.map { error in
      let pointer = error.pointer.map { (error.isGuessed ? "~" : "") + $0.description } ?? "-"
      return "\(error.place) \(pointer): \(error.message ?? "")"
    }
    #expect(errors == shape.errors)
  }

  @Test func `are about a place in other letters where it is guessed`() throws {
    let text = #"{"errors":{"Email":["x"]},"violations":[{"pointer":"/Email"}]}"#
    let errors = Problem(try #require(try JSONValue(parsing: text).objectValue)).validationErrors
    #expect(errors.map { $0.isAbout(JSONPointer(tokens: ["email"])) } == [true, false])
  }
}
