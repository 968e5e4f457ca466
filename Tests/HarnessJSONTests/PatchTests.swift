import HarnessJSON
import Testing

@Suite struct `A JSON Patch` {
  @Test(arguments: [
    ("{}", "no JSON Patch: it is an object, not an array (RFC 6902)"),
    ("[7]", "operation 0 of the patch: it is a number, not an object (RFC 6902)"),
    (
      #"[{"op":"spin","path":""}]"#,
      #"operation 0 of the patch: there is no operation "spin" (RFC 6902)"#
    ),
    (#"[{"op":"add","path":"/a"}]"#, #"operation 0 of the patch: "value" is missing (RFC 6902)"#),
    (
      #"[{"op":"remove","path":7}]"#,
      #"operation 0 of the patch: "path" is a number, not a string (RFC 6902)"#
    ),
    (
      #"[{"op":"remove","path":"a"}]"#,
      #"operation 0 of the patch: "a" is no JSON Pointer: it is not empty and does not begin with "/" (RFC 6901) (RFC 6902)"#
    ),
    (
      ##"[{"op":"remove","path":"#/a"}]"##,
      #"operation 0 of the patch: "path" is a URI fragment, not a JSON Pointer (RFC 6902)"#
    ),
    (
      #"[{"op":"add","op":"add","path":"","value":1}]"#,
      #"operation 0 of the patch: "op" is written 2 times (RFC 6902)"#
    ),
    (
      #"[{"op":"remove","path":"/a"},{"op":"remove","path":"/a"}]"#,
      #"operation 1 of the patch: no value at /a: at the root, the object has "b", "d", "d" (RFC 6902)"#
    ),
    (
      #"[{"op":"add","path":"/b/9","value":1}]"#,
      #"operation 0 of the patch: an array of 2 elements has no place "9" (RFC 6902)"#
    ),
    (
      #"[{"op":"add","path":"/a/x","value":1}]"#,
      "operation 0 of the patch: nothing can be added at /a/x: its parent is a number (RFC 6902)"
    ),
    (
      #"[{"op":"remove","path":""}]"#,
      "operation 0 of the patch: the whole document cannot be removed (RFC 6902)"
    ),
    (
      #"[{"op":"move","from":"/b","path":"/b/0"}]"#,
      "operation 0 of the patch: /b cannot be moved into itself (RFC 6902)"
    ),
    (
      #"[{"op":"test","path":"/b/0","value":"1"}]"#,
      #"operation 0 of the patch: at /b/0, expected "1", found 1 (RFC 6902)"#
    ),
    (
      #"[{"op":"add","path":"/d","value":1}]"#,
      #"operation 0 of the patch: the name "d" is written 2 times (RFC 6902)"#
    ),
  ])
  func `says which operation fails, and why`(_ patch: String, _ message: String) throws {
    let document = try JSONValue(parsing: #"{"a":1,"b":[1,2],"d":0,"d":0}"#)
    let error = #expect(throws: JSONPatchError.self) {
      try JSONPatch(JSONValue(parsing: patch)).applied(to: document)
    }
    #expect(error?.description == message)
  }

  @Test func `is what a difference suggests`() throws {
    let difference = JSONDifference(
      expected: ["a": 1, "b": [1, 2, 3], "c": 0], actual: ["a": 2, "b": [0, 1, 3], "d": .null])
    #expect(
      difference.patch.value == [
        ["op": "replace", "path": "/a", "value": 2], ["op": "remove", "path": "/c"],
        ["op": "add", "path": "/d", "value": .null], ["op": "remove", "path": "/b/1"],
        ["op": "add", "path": "/b/0", "value": 0],
      ], "\(difference.patch.value)")
  }

  @Test func `replaces what repeats a name`() throws {
    let expected = try JSONValue(parsing: #"[{"x":{"a":1,"a":{"b":2}}},5]"#)
    let actual = try JSONValue(parsing: #"[{"x":{"a":1,"a":{"b":3}}},5]"#)
    let patch = JSONDifference(expected: expected, actual: actual).patch
    #expect(
      patch.value.compactText == #"[{"op":"replace","path":"/0/x","value":{"a":1,"a":{"b":3}}}]"#)
    #expect(try patch.applied(to: expected) == actual)
  }

  @Test func `moves nothing to where it is`() throws {
    let document: JSONValue = ["a": [1]]
    let here = try JSONPointer(parsing: "/a")
    #expect(try JSONPatch([.move(from: here, to: here)]).applied(to: document) == document)
  }

  // Each operation copies no more than the way to its place.
  @Test(.timeLimit(.minutes(15))) func `is made in place`() throws {
    let document = JSONValue.array((0..<50_000).map { .number(JSONNumber($0)) })
    let pointer = JSONPointer(tokens: ["25000"])
    let patch = JSONPatch((0..<2_000).map { .replace(pointer, .number(JSONNumber($0))) })
    #expect(try patch.applied(to: document)[25_000] == 1_999)
  }
}
