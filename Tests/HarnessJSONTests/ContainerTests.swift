import Foundation
import HarnessJSON
import Testing

/// Types that walk through containers by hand, as generated code never does.
@Suite struct `The containers of a coder` {
  // {"meta": {"sizes": [1, null, {"unit": "kg"}, [true]]}, "super": …}
  struct Nested: Codable, Equatable {
    enum Key: String, CodingKey { case meta, sizes, unit }

    var size = 1
    var unit = "kg"
    var flag = true
    var base = Base()

    struct Base: Codable, Equatable {
      var ratio: Float = 0.1
      var data = Data([1, 2, 3])
    }

    init() {}

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      let meta = try container.nestedContainer(keyedBy: Key.self, forKey: .meta)
      var sizes = try meta.nestedUnkeyedContainer(forKey: .sizes)
      #expect(sizes.count == 4)
      size = try sizes.decode(Int.self)
      #expect(try sizes.decodeNil())
      #expect(try !sizes.decodeNil())
      unit = try sizes.nestedContainer(keyedBy: Key.self).decode(String.self, forKey: .unit)
      var flags = try sizes.nestedUnkeyedContainer()
      flag = try Bool(from: flags.superDecoder())
      #expect(flags.isAtEnd && sizes.isAtEnd)
      base = try Base(from: container.superDecoder())
      #expect(container.contains(.meta) && !container.contains(.unit))
      #expect(try !container.decodeNil(forKey: .meta))
      #expect(container.allKeys == [.meta])
      #expect(try container.decodeIfPresent(Int.self, forKey: .unit) == nil)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      var meta = container.nestedContainer(keyedBy: Key.self, forKey: .meta)
      var sizes = meta.nestedUnkeyedContainer(forKey: .sizes)
      try sizes.encode(size)
      try sizes.encodeNil()
      var units = sizes.nestedContainer(keyedBy: Key.self)
      try units.encodeNil(forKey: .unit)
      try units.encode(unit, forKey: .unit)
      var flags = sizes.nestedUnkeyedContainer()
      try flag.encode(to: flags.superEncoder())
      try base.encode(to: container.superEncoder())
    }
  }

  @Test func `lead to the same value both ways`() throws {
    let value = try JSONValue(encoding: Nested())
    #expect(
      value.compactText
        == #"{"meta":{"sizes":[1,null,{"unit":"kg"},[true]]},"super":{"ratio":0.1,"data":"AQID"}}"#)
    #expect(try value.decode(Nested.self) == Nested())
  }

  struct Beyond: Decodable {
    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      while true { _ = try container.decode(Int.self) }
    }
  }

  @Test func `end with an error`() {
    let error = #expect(throws: DecodingError.self) {
      try ([1, 2] as JSONValue).decode(Beyond.self)
    }
    guard case .valueNotFound(_, let context) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(context.debugDescription == "the array has 2 elements")
    #expect(context.codingPath.map(\.intValue) == [2])
  }

  @Test(arguments: [
    ("2025-06-24T10:30:00Z", 1_750_761_000.0), ("2025-06-24T13:30:00.250+03:00", 1_750_761_000.25),
  ])
  func `read dates with and without a fraction`(_ text: String, _ seconds: Double) throws {
    let date = try JSONValue.string(text).decode(Date.self)
    #expect(abs(date.timeIntervalSince1970 - seconds) < 0.001)
  }

  @Test func `refuse texts that are no dates, addresses or data`() {
    #expect(throws: DecodingError.self) { try ("today" as JSONValue).decode(Date.self) }
    #expect(throws: DecodingError.self) { try ("" as JSONValue).decode(URL.self) }
    #expect(throws: DecodingError.self) { try ("?" as JSONValue).decode(Data.self) }
    #expect(throws: DecodingError.self) { try (1 as JSONValue).decode(Bool.self) }
  }
}
