import HarnessJSON
import Testing

@Suite struct `A JSON Pointer` {
  /// The document of RFC 6901, section 5.
  static let document = #"""
    {
      "foo": ["bar", "baz"],
      "": 0,
      "a/b": 1,
      "c%d": 2,
      "e^f": 3,
      "g|h": 4,
      "i\\j": 5,
      "k\"l": 6,
      " ": 7,
      "m~n": 8
    }
    """#

  struct Example: CustomTestStringConvertible {
    let pointer: String
    let fragment: String
    let value: JSONValue
    var testDescription: String { "\(pointer) \(fragment)" }

    init(_ pointer: String, _ fragment: String, _ value: JSONValue) {
      self.pointer = pointer
      self.fragment = fragment
      self.value = value
    }
  }

  static let examples = [
    Example("/foo", "#/foo", ["bar", "baz"]),
    Example("/foo/0", "#/foo/0", "bar"),
    Example("/", "#/", 0),
    Example("/a~1b", "#/a~1b", 1),
    Example("/c%d", "#/c%25d", 2),
    Example("/e^f", "#/e%5Ef", 3),
    Example("/g|h", "#/g%7Ch", 4),
    Example("/i\\j", "#/i%5Cj", 5),
    Example("/k\"l", "#/k%22l", 6),
    Example("/ ", "#/%20", 7),
    Example("/m~0n", "#/m~0n", 8),
  ]

  @Test(arguments: examples)
  func `leads where RFC 6901, sections 5 and 6, say`(_ example: Example) throws {
    let document = try JSONValue(parsing: Self.document)
    let pointer = try JSONPointer(parsing: example.pointer)
    #expect(document[pointer] == example.value)
    #expect(pointer.description == example.pointer)
    #expect(pointer.fragment == example.fragment)
    #expect(try JSONPointer(parsing: example.fragment) == pointer)
  }

  @Test(arguments: ["", "#"]) func `leads to the whole document`(_ text: String) throws {
    #expect(try JSONValue(parsing: "[1]").value(at: text) == [1])
  }

  @Test func `unescapes in the order that keeps ~01 a tilde and a one`() throws {
    #expect(try JSONPointer(parsing: "/~01").tokens == ["~1"])
    #expect(try JSONPointer(parsing: "#/%C3%A9/").tokens == ["é", ""])
  }

  @Test(arguments: [
    ("a", #""a" is no JSON Pointer: it is not empty and does not begin with "/" (RFC 6901)"#),
    ("/a~2", #""/a~2" is no JSON Pointer: "~" is not followed by 0 or 1 (RFC 6901)"#),
    ("/a~", #""/a~" is no JSON Pointer: "~" is not followed by 0 or 1 (RFC 6901)"#),
    ("#a", ##""#a" is no JSON Pointer: it is not empty and does not begin with "/" (RFC 6901)"##),
    ("#/%4", ##""#/%4" is no JSON Pointer: its percent-encoding is broken (RFC 6901)"##),
    ("#/%FF", ##""#/%FF" is no JSON Pointer: its percent-encoding is broken (RFC 6901)"##),
  ])
  func `is refused when it breaks the grammar`(_ text: String, _ message: String) {
    let error = #expect(throws: JSONPointerError.self) { try JSONPointer(parsing: text) }
    #expect(error?.description == message)
  }

  @Test(arguments: [
    ("/a/x", #"no value at /a/x: at /a, the object has "b", "c""#),
    ("/a/b/2", "no value at /a/b/2: at /a/b, the array has 2 elements"),
    ("/a/b/-", #"no value at /a/b/-: at /a/b, "-" is no array index"#),
    ("/a/b/01", #"no value at /a/b/01: at /a/b, "01" is no array index"#),
    ("/a/c/d", "no value at /a/c/d: at /a/c, the object is empty"),
    ("/a/b/0/x", "no value at /a/b/0/x: at /a/b/0, it is a number"),
    ("/d", #"no value at /d: at the root, the name "d" is written 2 times"#),
  ])
  func `says how far it led`(_ text: String, _ message: String) throws {
    let document = try JSONValue(parsing: #"{"a":{"b":[1,2],"c":{}},"d":1,"d":2}"#)
    let error = #expect(throws: JSONPointerFailure.self) { try document.value(at: text) }
    #expect(error?.description == message)
    #expect(document[try JSONPointer(parsing: text)] == nil)
  }

  @Test func `grows by names and indices`() {
    #expect(JSONPointer().appending("a/b").appending(3).description == "/a~1b/3")
  }
}
