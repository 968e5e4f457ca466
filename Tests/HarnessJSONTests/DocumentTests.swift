import HarnessJSON
import Testing

@Suite struct `A JSON document` {
  @Test func `knows where each value stands`() throws {
    let text = "{\n  \"a\": [1, \"é\", {\"b\": -2.5}],\n  \"c\": \"x\\ny\"\n}"
    let document = try JSONDocument(parsing: text)
    let bytes = Array(text.utf8)
    for (pointer, source) in [
      ("/a/0", "1"), ("/a/1", "\"é\""), ("/a/2", "{\"b\": -2.5}"), ("/a/2/b", "-2.5"),
      ("/c", "\"x\\ny\""), ("", text),
    ] {
      let range = try document.sourceRange(at: JSONPointer(parsing: pointer))
      #expect(String(decoding: bytes[range], as: UTF8.self) == source)
    }
    let position = try document.position(at: JSONPointer(parsing: "/a/2/b"))
    #expect(position.description == "line 2, column 23 (byte 25)")
    #expect(document.bytes == bytes)
  }

  @Test func `says how far a pointer led`() throws {
    let document = try JSONDocument(parsing: #"{"a":[1]}"#)
    let error = #expect(throws: JSONPointerFailure.self) {
      try document.position(at: JSONPointer(parsing: "/a/1"))
    }
    #expect(error?.description == "no value at /a/1: at /a, the array has 1 elements")
  }

  @Test func `names repeated names with their places`() throws {
    let document = try JSONDocument(
      parsing: "[{\"a\":1,\n\"b\":{\"x\":0,\"\\u0078\":1},\"a\":2,\"a\":3}]")
    let found = document.repeatedNames.map { repeated in
      "\(repeated.object) \(repeated.name): \(repeated.positions.map(\.offset))"
    }
    #expect(found == ["/0 a: [2, 32, 38]", "/0/b x: [14, 20]"])
    #expect(document.repeatedNames[0].positions[1].line == 2)
    #expect(try JSONDocument(parsing: #"{"a":1,"b":{"a":1}}"#).repeatedNames.isEmpty)
  }

  // Sizes around the stride of the notes and the threshold from which containers have them.
  @Test(arguments: [0, 1, 2, 15, 16, 17, 31, 63, 64, 65, 79, 80, 81, 1_000])
  func `leads to every element by its index`(_ count: Int) throws {
    for element in [#"[{"x":[%]}]"#, "%", #"{"n":%,"m":[[],{}]}"#] {
      let texts = (0..<count).map { element.replacing("%", with: "\($0)") }
      let value = try JSONValue(parsing: "[[],[\(texts.joined(separator: ", "))]]")
      let array = try #require(value[1]?.arrayValue)
      #expect(array.count == count)
      #expect(array.indices.map { array[$0].compactText } == texts)
      #expect(array.map(\.compactText) == texts)
      let members = texts.enumerated().map { "\"k\($0)\":\($1)" }.joined(separator: ",")
      let object = try #require(try JSONValue(parsing: "{\(members)}").objectValue)
      #expect(object.count == count)
      #expect(object.indices.map { object[$0].name } == (0..<count).map { "k\($0)" })
      #expect(object.indices.map { object[$0].value.compactText } == texts)
    }
  }

  @Test func `gives pointers to what a query selects, however wide it is`() throws {
    let rows = (0..<500).map { "{\"id\":\($0),\"tags\":[\"t\($0)\"]}" }.joined(separator: ",")
    let value = try JSONValue(parsing: "{\"rows\":[\(rows)]}")
    let nodes = try value.nodes(at: JSONPath(parsing: "$..tags[0]"))
    #expect(nodes.map(\.pointer.description) == (0..<500).map { "/rows/\($0)/tags/0" })
    #expect(nodes[317].normalizedPath == "$['rows'][317]['tags'][0]")
  }

  @Test func `is not changed by a change to a value that came from it`() throws {
    let document = try JSONDocument(parsing: #"{"a":[1,{"b":2}]}"#)
    var copy = document.root
    guard case .object(var object) = copy, case .array(var array)? = object["a"] else {
      Issue.record("\(copy)")
      return
    }
    array[0] = "x"
    array.append(3)
    array.replaceSubrange(0..<1, with: ["y", "z"])
    object["a"] = .array(array)
    object["c"] = .null
    copy = .object(object)
    #expect(copy.compactText == #"{"a":["y","z",{"b":2},3],"c":null}"#)
    #expect(document.root.compactText == #"{"a":[1,{"b":2}]}"#)
  }

  @Test func `survives whatever is done to its bytes`() throws {
    var random = RandomDocument(seed: 5)
    for _ in 0..<2_000 {
      var bytes = random.value().compactBytes
      for _ in 0..<random.below(4) where !bytes.isEmpty {
        bytes[random.below(bytes.count)] = UInt8(random.below(256))
      }
      guard let document = try? JSONDocument(parsing: bytes) else { continue }
      let root = document.root
      #expect(try JSONValue(parsing: root.compactBytes) == root)
      _ = document.repeatedNames
      _ = try root.nodes(at: JSONPath(parsing: "$..*")).map(\.pointer)
      #expect(JSONDifference(expected: root, actual: root).isEmpty)
    }
  }
}
