import Foundation
import HarnessJSON
import Testing

/// Cases of our own, named as those of JSONTestSuite are.
///
/// A `y_` text must be accepted, an `n_` text must be refused.
@Suite struct `The JSON parser` {
  struct Accepted: CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let compact: String

    init(_ name: String, _ text: String, _ compact: String? = nil) {
      testDescription = name
      self.text = text
      self.compact = compact ?? text
    }
  }

  static let accepted = [
    Accepted("y_scalar_null", "null"),
    Accepted("y_scalar_true", "true"),
    Accepted("y_scalar_false", "false"),
    Accepted("y_scalar_string", #""a""#),
    Accepted("y_scalar_number", "7"),
    Accepted("y_whitespace_all_four", " \t\r\n[ \t\r\n1 \t\r\n, 2 ] \n", "[1,2]"),
    Accepted("y_array_empty", "[ ]", "[]"),
    Accepted("y_array_nested", "[[],[[]]]"),
    Accepted("y_array_mixed", #"[null,true,0,"",{},[]]"#),
    Accepted("y_object_empty", "{ }", "{}"),
    Accepted("y_object_order", #"{"b":1,"a":2}"#),
    Accepted("y_object_duplicate", #"{"a":1,"a":2}"#),
    Accepted("y_object_empty_name", #"{"":0}"#),
    Accepted("y_object_escaped_name", #"{"\u0061\"":0}"#, #"{"a\"":0}"#),
    Accepted("y_object_normalisation_kept_apart", "{\"\u{E9}\":1,\"e\u{301}\":2}"),
    Accepted("y_number_zero", "0"),
    Accepted("y_number_minus_zero", "-0"),
    Accepted("y_number_minus_zero_fraction", "-0.0"),
    Accepted("y_number_fraction", "[0.1,-12.340]"),
    Accepted("y_number_exponents", "[1e5,1E5,1e+5,1e-5,0e0,1.5E-07]"),
    Accepted("y_number_huge_exponent", "1e999999999999999999999"),
    Accepted("y_number_long", "123456789012345678901234567890.123456789012345678901234567890"),
    Accepted("y_string_all_escapes", #""\"\\\/\b\f\n\r\t""#, #""\"\\/\b\f\n\r\t""#),
    Accepted("y_string_unicode_escape", #""\u00e9\u4E2d""#, "\"é中\""),
    Accepted("y_string_surrogate_pair", #""\ud83d\uDE00""#, "\"😀\""),
    Accepted("y_string_escaped_nul", #""\u0000""#),
    Accepted("y_string_escaped_control", #""\u001F""#, #""\u001f""#),
    Accepted("y_string_delete_is_plain", "\"\u{7F}\""),
    Accepted("y_string_utf8_two_bytes", "\"\u{80}\u{7FF}\""),
    Accepted("y_string_utf8_three_bytes", "\"\u{800}\u{FFFF}\u{D7FF}\u{E000}\""),
    Accepted("y_string_utf8_four_bytes", "\"\u{10000}\u{10FFFF}\""),
    Accepted("y_string_line_separator", "\"\u{2028}\u{2029}\""),
    Accepted("y_string_slash_plain", #""a/b""#),
    Accepted("y_string_text_between_escapes", #""a\nb\u00e9c\td""#, "\"a\\nbéc\\td\""),
  ]

  @Test(arguments: accepted) func `accepts what RFC 8259 allows`(_ example: Accepted) throws {
    #expect(try JSONValue(parsing: example.text).compactText == example.compact)
  }

  struct Refused: CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let message: String

    init(_ name: String, _ text: String, _ message: String) {
      self.init(name, Array(text.utf8), message)
    }

    init(_ name: String, _ bytes: [UInt8], _ message: String) {
      testDescription = name
      self.bytes = bytes
      self.message = message
    }
  }

  static let refused = [
    Refused(
      "n_empty", "", "line 1, column 1 (byte 0): expected a value, found the end of the text"),
    Refused(
      "n_only_whitespace", " \n ",
      "line 2, column 2 (byte 3): expected a value, found the end of the text"),
    Refused(
      "n_bom", [0xEF, 0xBB, 0xBF, 0x31],
      "line 1, column 1 (byte 0): a JSON text must not begin with a byte-order mark"),
    Refused(
      "n_utf16", [0xFE, 0xFF, 0x00, 0x31],
      "line 1, column 1 (byte 0): expected a value, found the byte 0xFE"),
    Refused(
      "n_array_trailing_comma", "[1,]",
      #"line 1, column 4 (byte 3): expected a value, found "]""#),
    Refused(
      "n_array_leading_comma", "[,1]",
      #"line 1, column 2 (byte 1): expected a value or "]", found ",""#),
    Refused(
      "n_array_missing_comma", "[1 2]",
      #"line 1, column 4 (byte 3): expected "," or "]", found "2""#),
    Refused(
      "n_array_unclosed", "[1",
      #"line 1, column 3 (byte 2): expected "," or "]", found the end of the text"#),
    Refused(
      "n_array_closed_by_brace", "[1}",
      #"line 1, column 3 (byte 2): expected "," or "]", found "}""#),
    Refused(
      "n_array_closed_twice", "[]]",
      #"line 1, column 3 (byte 2): expected the end of the text, found "]""#),
    Refused(
      "n_object_trailing_comma", #"{"a":1,}"#,
      #"line 1, column 8 (byte 7): expected a member name, found "}""#),
    Refused(
      "n_object_bare_name", "{a:1}",
      #"line 1, column 2 (byte 1): expected a member name or "}", found "a""#),
    Refused(
      "n_object_single_quotes", "{'a':1}",
      #"line 1, column 2 (byte 1): expected a member name or "}", found "'""#),
    Refused(
      "n_object_number_name", "{1:1}",
      #"line 1, column 2 (byte 1): expected a member name or "}", found "1""#),
    Refused(
      "n_object_missing_colon", #"{"a" 1}"#,
      #"line 1, column 6 (byte 5): expected ":", found "1""#),
    Refused(
      "n_object_missing_value", #"{"a":}"#,
      #"line 1, column 6 (byte 5): expected a value, found "}""#),
    Refused(
      "n_object_two_values", #"{"a":1 2}"#,
      #"line 1, column 8 (byte 7): expected "," or "}", found "2""#),
    Refused(
      "n_two_documents", "1 2",
      #"line 1, column 3 (byte 2): expected the end of the text, found "2""#),
    Refused(
      "n_comment", "// x\n1", #"line 1, column 1 (byte 0): expected a value, found "/""#),
    Refused(
      "n_literal_capital", "True", #"line 1, column 1 (byte 0): expected a value, found "T""#),
    Refused(
      "n_literal_cut", "nul",
      "line 1, column 4 (byte 3): expected the literal null, found the end of the text"),
    Refused(
      "n_literal_long", "nullx",
      #"line 1, column 5 (byte 4): expected the end of the text, found "x""#),
    Refused("n_nan", "NaN", #"line 1, column 1 (byte 0): expected a value, found "N""#),
    Refused(
      "n_infinity", "-Infinity", #"line 1, column 2 (byte 1): expected a digit, found "I""#),
    Refused(
      "n_number_leading_zero", "012",
      "line 1, column 2 (byte 1): a number must not have a leading zero"),
    Refused("n_number_plus", "+1", #"line 1, column 1 (byte 0): expected a value, found "+""#),
    Refused(
      "n_number_only_minus", "-",
      "line 1, column 2 (byte 1): expected a digit, found the end of the text"),
    Refused(
      "n_number_no_integer", ".5", #"line 1, column 1 (byte 0): expected a value, found ".""#),
    Refused(
      "n_number_no_fraction", "1.e3",
      #"line 1, column 3 (byte 2): expected a digit, found "e""#),
    Refused(
      "n_number_no_exponent", "1e+",
      "line 1, column 4 (byte 3): expected a digit, found the end of the text"),
    Refused(
      "n_number_hexadecimal", "0x1F",
      #"line 1, column 2 (byte 1): expected the end of the text, found "x""#),
    Refused(
      "n_number_full_width_digit", "[\u{FF11}]",
      #"line 1, column 2 (byte 1): expected a value or "]", found the byte 0xEF"#),
    Refused(
      "n_string_unclosed", #"["a"#,
      "line 1, column 4 (byte 3): expected the closing quotation mark of a string, "
        + "found the end of the text"),
    Refused(
      "n_string_single_quotes", "'a'",
      #"line 1, column 1 (byte 0): expected a value, found "'""#),
    Refused(
      "n_string_newline", "\"a\nb\"",
      "line 1, column 3 (byte 2): expected an escape for a control character in a string, "
        + "found the byte 0x0A"),
    Refused(
      "n_string_unknown_escape", #""\x41""#,
      #"line 1, column 3 (byte 2): expected one of " \ / b f n r t u after a backslash, found "x""#),
    Refused(
      "n_string_short_unicode_escape", #""\u00e""#,
      "line 1, column 7 (byte 6): expected four hexadecimal digits, found a quotation mark"),
    Refused(
      "n_string_lone_high_surrogate", #""\ud800""#,
      #"line 1, column 2 (byte 1): \uD800 is half a surrogate pair, and the other half is missing"#),
    Refused(
      "n_string_lone_low_surrogate", #""\udc00\ud800""#,
      #"line 1, column 2 (byte 1): \uDC00 is half a surrogate pair, and the other half is missing"#),
    Refused(
      "n_string_high_then_letter", #""\ud83d\u0061""#,
      #"line 1, column 2 (byte 1): \uD83D is half a surrogate pair, and the other half is missing"#),
    Refused(
      "n_utf8_overlong", [0x22, 0xC0, 0x80, 0x22],
      "line 1, column 2 (byte 1): the string is not UTF-8 here"),
    Refused(
      "n_utf8_surrogate", [0x22, 0xED, 0xA0, 0x80, 0x22],
      "line 1, column 2 (byte 1): the string is not UTF-8 here"),
    Refused(
      "n_utf8_past_end", [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
      "line 1, column 2 (byte 1): the string is not UTF-8 here"),
    Refused(
      "n_utf8_cut", [0x22, 0xE2, 0x82],
      "line 1, column 2 (byte 1): the string is not UTF-8 here"),
    Refused(
      "n_utf8_cut_by_quote", [0x22, 0xF0, 0x9F, 0x98, 0x22],
      "line 1, column 2 (byte 1): the string is not UTF-8 here"),
    Refused(
      "n_no_break_space", "\u{A0}1",
      "line 1, column 1 (byte 0): expected a value, found the byte 0xC2"),
    Refused(
      "n_column_counts_scalars", "[\"é😀\" x]",
      #"line 1, column 7 (byte 10): expected "," or "]", found "x""#),
    Refused(
      "n_line_of_error", "{\n  \"a\": 1\n  \"b\": 2\n}",
      #"line 3, column 3 (byte 13): expected "," or "}", found a quotation mark"#),
  ]

  @Test(arguments: refused) func `refuses what RFC 8259 forbids`(_ example: Refused) {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: example.bytes) }
    #expect(error?.description == example.message)
  }

  @Test func `stops at the depth limit`() throws {
    let deep = String(repeating: "[", count: 1_024) + String(repeating: "]", count: 1_024)
    #expect(try JSONValue(parsing: deep).compactText == deep)
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: "[\(deep)]") }
    #expect(error?.code == .limit)
    #expect(
      error?.description
        == "line 1, column 1025 (byte 1024): nested deeper than the limit of 1024")
  }

  @Test func `stops at the limit of digits`() throws {
    let digits = String(repeating: "7", count: 1_000)
    #expect(try JSONValue(parsing: "-\(digits)").compactText == "-\(digits)")
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: "[\(digits).7]") }
    #expect(
      error?.description
        == "line 1, column 2 (byte 1): a number of 1001 digits, the limit is 1000")
  }

  @Test func `stops at the size limit`() throws {
    let limits = JSONLimits(maximumSize: 4)
    #expect(try JSONValue(parsing: "true", limits: limits) == true)
    let error = #expect(throws: JSONError.self) {
      try JSONValue(parsing: "false", limits: limits)
    }
    #expect(
      error?.description == "line 1, column 5 (byte 4): the text has 5 bytes, the limit is 4")
  }

  @Test func `needs no stack for a hostile depth`() {
    let bytes = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
  }

  /// Source: RFC 8259, section 7 (`4HEXDIG`).
  @Test func `takes hexadecimal digits in an escape and no other byte`() throws {
    for position in 0..<4 {
      for byte in UInt8.min...UInt8.max {
        var digits = Array("014F".utf8)
        digits[position] = byte
        let text = Array("[\"\\u".utf8) + digits + Array("\"]".utf8)
        let unit = String(validating: digits, as: UTF8.self).flatMap { digits in
          digits.allSatisfy(\.isHexDigit) ? UInt16(digits, radix: 16) : nil
        }
        let value = try? JSONValue(parsing: text)
        #expect(value?[0]?.stringValue == unit.map { String(decoding: [$0], as: UTF16.self) })
      }
    }
  }

  @Test func `unescapes whatever stands between two escapes`() throws {
    for length in 0..<40 {
      let plain = String((0..<length).map { Character(Unicode.Scalar(UInt8(0x61 + $0 % 26))) })
      for (escape, meant) in [(#"\n"#, "\n"), (#"\ud83d\ude00"#, "😀"), (#"\u00e9"#, "é")] {
        let text = #"["\#(plain)\#(escape)\#(plain)é\#(escape)"]"#
        let value = try JSONValue(parsing: text)
        #expect(value[0]?.stringValue == plain + meant + plain + "é" + meant)
      }
    }
  }

  @Test func `never crashes on a cut or changed text`() {
    let text = Array(#"{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00",{"b":null}],"c":true}"#.utf8)
    for end in text.indices {
      #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text[..<end])) }
      for byte: UInt8 in [0x00, 0x22, 0x5C, 0x7B, 0x5D, 0x80, 0xFF] {
        var changed = text
        changed[end] = byte
        _ = try? JSONValue(parsing: changed)
      }
    }
  }
}
