import HarnessJSON
import Testing

@Suite struct `The canonical form` {
  /// The pairs of the public test data: `testdata/json-canonicalization`.
  @Test(arguments: ["arrays", "french", "structures", "unicode", "values", "weird"])
  func `is that of RFC 8785's test data`(_ name: String) throws {
    let folder = "json-canonicalization/testdata"
    let value = try JSONValue(parsing: testData("\(folder)/input/\(name).json"))
    #expect(try value.canonicalBytes() == testData("\(folder)/output/\(name).json"))
    let hexadecimal = String(decoding: try testData("\(folder)/outhex/\(name).txt"), as: UTF8.self)
    let bytes = hexadecimal.split(whereSeparator: \.isWhitespace).compactMap {
      UInt8($0, radix: 16)
    }
    #expect(try value.canonicalBytes() == bytes)
  }

  /// RFC 8785, appendix B: the bits of a double and its text.
  static let numbers: [(UInt64, String)] = [
    (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"),
    (0x0000_0000_0000_0001, "5e-324"), (0x8000_0000_0000_0001, "-5e-324"),
    (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
    (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
    (0x4340_0000_0000_0000, "9007199254740992"), (0xc340_0000_0000_0000, "-9007199254740992"),
    (0x4430_0000_0000_0000, "295147905179352830000"),
    (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"), (0x44b5_2d02_c7e1_4af6, "1e+23"),
    (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
    (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
    (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"), (0x444b_1ae4_d6e2_ef50, "1e+21"),
    (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"), (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
    (0x41b3_de43_5555_5553, "333333333.3333332"), (0x41b3_de43_5555_5554, "333333333.33333325"),
    (0x41b3_de43_5555_5555, "333333333.3333333"), (0x41b3_de43_5555_5556, "333333333.3333334"),
    (0x41b3_de43_5555_5557, "333333333.33333343"),
    (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
    (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
  ]

  @Test(arguments: numbers) func `writes numbers as ECMAScript does`(_ bits: UInt64, _ text: String)
    throws
  {
    let number = try #require(JSONNumber(Double(bitPattern: bits)))
    #expect(try JSONValue.number(number).canonicalText() == text)
  }

  @Test(arguments: [
    ("1E0", "1"), ("-0.0", "0"), ("100", "100"), ("1e2", "100"), ("0.5", "0.5"),
    ("1e-6", "0.000001"),
    ("1e-7", "1e-7"), ("123456789012345678901", "123456789012345680000"), ("1e21", "1e+21"),
    ("12e20", "1.2e+21"), ("0.1e1", "1"), ("4.50", "4.5"), ("2e-3", "0.002"),
  ])
  func `does not depend on how a number was written`(_ lexeme: String, _ text: String) throws {
    #expect(try JSONValue(parsing: lexeme).canonicalText() == text)
  }

  @Test(arguments: [
    (
      #"{"a":[0,{"b":1,"b":2}]}"#,
      #"no canonical form: at /a/1, the name "b" is written twice (RFC 8785)"#
    ),
    ("[1e400]", "no canonical form: at /0, 1e400 is beyond the range of a double (RFC 8785)"),
  ])
  func `is refused to what I-JSON does not have`(_ text: String, _ message: String) throws {
    let value = try JSONValue(parsing: text)
    let error = #expect(throws: JSONCanonicalError.self) { try value.canonicalBytes() }
    #expect(error?.description == message)
  }
}
