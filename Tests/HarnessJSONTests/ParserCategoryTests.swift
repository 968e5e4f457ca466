import HarnessJSON
import Testing

/// Cases of our own for the categories of JSONTestSuite, beside those of `ParserTests`, which have messages.
@Suite struct `The categories of JSONTestSuite` {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]

    init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }

    init(_ name: String, _ bytes: [UInt8]) {
      testDescription = name
      self.bytes = bytes
    }
  }

  static let accepted = [
    Case("y_array_several_null", "[1,null,null,null,2]"), Case("y_array_trailing_space", "[2] "),
    Case("y_array_with_newline", "[1\n]"), Case("y_array_empty_string", #"[""]"#),
    Case("y_array_of_false", "[false]"), Case("y_number_minus_int", "[-123]"),
    Case("y_number_after_space", "[ 4]"), Case("y_number_zero_exponent", "[0e+1]"),
    Case("y_number_close_to_zero", "[-0." + String(repeating: "0", count: 80) + "1]"),
    Case("y_number_capital_exponent", "[1E-2]"), Case("y_number_fraction_exponent", "[123.456e78]"),
    Case("y_object_duplicate_and_value", #"{"a":"b","a":"b"}"#),
    Case("y_object_newlines", "{\n\"a\": \"b\"\n}"),
    Case("y_object_extreme_numbers", #"{"min":-1.0e+28,"max":1.0e+28}"#),
    Case("y_object_nul_name", #"{"foo\u0000bar":42}"#), Case("y_object_empty_value", #"{"a":[]}"#),
    Case("y_string_backslash_doublequotes", #"["\""]"#),
    Case("y_string_comments", #"["a/*b*/c/*d//e"]"#),
    Case("y_string_double_escape_n", #"["\\n"]"#),
    Case("y_string_in_array_with_space", #"[ "asd" ]"#),
    Case("y_string_last_surrogates", #"["\uDBFF\uDFFF"]"#),
    Case("y_string_noncharacter", #"["\uFFFF"]"#),
    Case("y_string_noncharacter_bytes", "[\"\u{FFFF}\"]"), Case("y_string_pi", "[\"π\"]"),
    Case("y_string_byte_order_mark_inside", "[\"\u{FEFF}\"]"),
    Case("y_string_null_escape", #"["\u0000"]"#),
    Case("y_string_u_2028", "[\"\u{2028}\"]"), Case("y_string_u_2060", #"["\u2060"]"#),
    Case("y_string_with_del", "[\"a\u{7F}a\"]"),
    Case("y_string_unescaped_private_use", "[\"\u{E000}\"]"),
    Case("y_structure_lonely_false", "false"), Case("y_structure_lonely_int", "42"),
    Case("y_structure_lonely_negative_real", "-0.1"), Case("y_structure_lonely_string", #""asd""#),
    Case("y_structure_string_empty", #""""#), Case("y_structure_trailing_newline", "[\"a\"]\n"),
    Case("y_structure_whitespace_array", " [] "),
  ]

  @Test(arguments: accepted) func `are accepted`(_ example: Case) throws {
    let value = try JSONValue(parsing: example.bytes)
    #expect(try JSONValue(parsing: value.compactBytes) == value)
    #expect(try JSONValue(parsing: value.prettyText) == value)
  }

  static let refused = [
    Case("n_array_1_true", "[1 true]"), Case("n_array_colon", #"["":1]"#),
    Case("n_array_comma_after", #"[""],"#),
    Case("n_array_double_comma", "[1,,2]"), Case("n_array_double_trailing_comma", "[\"x\",,]"),
    Case("n_array_extra_close", "[\"x\"]]"), Case("n_array_incomplete", "[\"x\""),
    Case("n_array_inner_without_comma", "[3[4]]"),
    Case("n_array_invalid_utf8", [0x5B, 0xFF, 0x5D]),
    Case("n_array_items_by_semicolon", "[1;2]"), Case("n_array_just_comma", "[,]"),
    Case("n_array_just_minus", "[-]"),
    Case("n_array_newlines_unclosed", "[\"a\",\n4\n,1,"), Case("n_array_number_and_comma", "[1,]"),
    Case("n_array_vertical_tab", "[\"\u{0B}a\"\\f]"), Case("n_array_star", "[*]"),
    Case("n_array_unclosed_comma", "[1,"),
    Case("n_incomplete_false", "[fals]"), Case("n_incomplete_null", "[nul]"),
    Case("n_incomplete_true", "[tru]"),
    Case("n_multidigit_then_nul", Array("123".utf8) + [0]), Case("n_number_plus_plus", "[++1234]"),
    Case("n_number_plus_inf", "[+Inf]"), Case("n_number_minus_01", "[-01]"),
    Case("n_number_minus_1_0_", "[-1.0.]"),
    Case("n_number_minus_2_dot", "[-2.]"), Case("n_number_minus_nan", "[-NaN]"),
    Case("n_number_dot_minus_1", "[.-1]"),
    Case("n_number_dot_2e_minus_3", "[.2e-3]"), Case("n_number_0_1_2", "[0.1.2]"),
    Case("n_number_0_3e", "[0.3e]"),
    Case("n_number_0_3e_plus", "[0.3e+]"), Case("n_number_0_capital_e", "[0E]"),
    Case("n_number_0_e1", "[0.e1]"),
    Case("n_number_0e", "[0e]"), Case("n_number_1_000", "[1 000.0]"),
    Case("n_number_1eE2", "[1eE2]"),
    Case("n_number_2_e3", "[2.e3]"), Case("n_number_9_e_plus", "[9.e+]"),
    Case("n_number_inf", "[Inf]"),
    Case("n_number_expression", "[1+2]"), Case("n_number_hex_1", "[0x1]"),
    Case("n_number_hex_2", "[0x42]"),
    Case("n_number_invalid_utf8", [0x5B, 0x31, 0xE5, 0x5D]),
    Case("n_number_minus_space_1", "[- 1]"),
    Case("n_number_minus_int_leading_zero", "[-012]"), Case("n_number_real_without_int", "[-.123]"),
    Case("n_number_real_garbage_after_e", "[1ea]"), Case("n_number_starting_with_dot", "[.123]"),
    Case("n_number_underscore", "[1_000]"), Case("n_number_with_alpha", "[1.2a-3]"),
    Case("n_number_then_letter", "[1a]"),
    Case("n_object_bad_value", #"["x", truth]"#), Case("n_object_bracket_name", "{[: \"x\"}"),
    Case("n_object_comma_instead_of_colon", #"{"x", null}"#),
    Case("n_object_double_colon", #"{"x"::"b"}"#),
    Case("n_object_emoji_name", "{🇨🇭}"), Case("n_object_garbage_at_end", #"{"a":"a" 123}"#),
    Case("n_object_missing_semicolon", #"{"a" "b"}"#), Case("n_object_no_colon", #"{"a""#),
    Case("n_object_non_string_name", "{1:1}"),
    Case("n_object_null_names", "{null:null,null:null}"),
    Case("n_object_several_trailing_commas", #"{"id":0,,,,,}"#),
    Case("n_object_trailing_comment", #"{"a":"b"}/**/"#),
    Case("n_object_trailing_slash", #"{"a":"b"}//"#),
    Case("n_object_two_commas", #"{"a":"b",,"c":"d"}"#), Case("n_object_unterminated", #"{"a":"a"#),
    Case("n_object_single_string", #"{ "foo" : "bar", "a" }"#), Case("n_single_space", " "),
    Case("n_string_accentuated_no_quotes", "[é]"),
    Case("n_string_backslash_nul", [0x5B, 0x22, 0x5C, 0x00, 0x22, 0x5D]),
    Case("n_string_escape_x", #"["\x00"]"#), Case("n_string_escaped_backslash_bad", #"["\\\"]"#),
    Case("n_string_escaped_tab", "[\"\\\t\"]"), Case("n_string_escaped_emoji", "[\"\\🌀\"]"),
    Case("n_string_incomplete_escape", #"["\"]"#),
    Case("n_string_incomplete_escaped_character", #"["\u00A"]"#),
    Case("n_string_incomplete_surrogate", #"["\uD834\uDd"]"#),
    Case("n_string_incomplete_surrogate_u", #"["\uD800\u"]"#),
    Case("n_string_invalid_backslash_escape", #"["\a"]"#),
    Case("n_string_invalid_unicode_escape", #"["\uqqqq"]"#),
    Case("n_string_no_quotes", "[\\n]"), Case("n_string_single_doublequote", "\""),
    Case("n_string_start_escape_unclosed", "[\"\\"),
    Case("n_string_unescaped_nul", [0x5B, 0x22, 0x61, 0x00, 0x61, 0x22, 0x5D]),
    Case("n_string_unescaped_tab", "[\"\t\"]"),
    Case("n_string_unicode_capital_u", #""\UA66D""#),
    Case("n_string_with_trailing_garbage", #"""x"#),
    Case("n_structure_angle_bracket", "<.>"), Case("n_structure_null_in_brackets", "[<null>]"),
    Case("n_structure_ascii_identifier", "aå"),
    Case("n_structure_capitalized_true", "[True]"), Case("n_structure_close_unopened", "1]"),
    Case("n_structure_comma_brace", "{\"x\": true,"),
    Case("n_structure_double_array", "[][]"), Case("n_structure_end_array", "]"),
    Case("n_structure_incomplete_bom", [0xEF, 0xBB, 0x7B, 0x7D]),
    Case("n_structure_lone_invalid_utf8", [0xE5]),
    Case("n_structure_nul_outside", [0x5B, 0x00, 0x5D]),
    Case("n_structure_object_comment", #"{"a":/*comment*/"b"}"#),
    Case("n_structure_open_array_apostrophe", "['"),
    Case("n_structure_open_array_open_object", String(repeating: #"[{"":"#, count: 50)),
    Case("n_structure_open_object_open_array", "{["),
    Case("n_structure_single_eacute", [0xE9]), Case("n_structure_single_star", "*"),
    Case("n_structure_trailing_hash", #"{"a":"b"}#{}"#),
    Case("n_structure_uescaped_lf", #"[\u000A""]"#),
    Case("n_structure_unclosed_array_partial_null", "[ false, nul"),
    Case("n_structure_unicode_identifier", "å"), Case("n_structure_word_joiner", "[\u{2060}]"),
    Case("n_structure_form_feed", "[\u{0C}]"),
    Case("n_structure_100000_opening_arrays", [UInt8](repeating: 0x5B, count: 100_000)),
  ]

  @Test(arguments: refused) func `are refused`(_ example: Case) {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: example.bytes) }
    if let error { #expect((0...example.bytes.count).contains(error.offset)) }
  }

  struct Decision: CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    /// What it is refused for; nil where it is accepted.
    let refused: JSONError.Code?
    let reason: String

    init(_ name: String, _ text: String, _ refused: JSONError.Code?, _ reason: String) {
      self.init(name, Array(text.utf8), refused, reason)
    }

    init(_ name: String, _ bytes: [UInt8], _ refused: JSONError.Code?, _ reason: String) {
      testDescription = name
      self.bytes = bytes
      self.refused = refused
      self.reason = reason
    }
  }

  static let exact =
    "numbers keep their text and are compared in exact decimals, so none is too large"
  static let surrogate =
    "a Swift string holds Unicode scalars; putting U+FFFD would hide what was sent"
  static let encoding = "RFC 8259, section 8.1: text between systems is UTF-8"

  /// What RFC 8259 leaves open; the table is in the article "Reading JSON strictly".
  static let open = [
    Decision("i_number_huge_exponent", "[0.4e00669999999999999999999999999]", nil, exact),
    Decision("i_number_huge_negative_exponent", "[123.456e-789]", nil, exact),
    Decision("i_number_overflow", "[-1e+9999,1.5e+9999]", nil, exact),
    Decision("i_number_underflow", "[123e-10000000]", nil, exact),
    Decision(
      "i_number_too_big_int", "[100000000000000000000,-123123123123123123123123123123]", nil, exact),
    Decision(
      "i_number_very_long", "[" + String(repeating: "1", count: 1_001) + "]", .limit,
      "more digits than the limit of 1,000"),
    Decision("i_object_name_lone_surrogate", #"{"\uDFAA":0}"#, .loneSurrogate, surrogate),
    Decision("i_string_first_surrogate_alone", #"["\uDADA"]"#, .loneSurrogate, surrogate),
    Decision("i_string_second_surrogate_alone", #"["\uDFAA"]"#, .loneSurrogate, surrogate),
    Decision("i_string_second_is_no_surrogate", #"["\uD888\u1234"]"#, .loneSurrogate, surrogate),
    Decision("i_string_surrogate_and_escape", #"["\uD800\n"]"#, .loneSurrogate, surrogate),
    Decision("i_string_surrogates_inverted", #"["\uDd1e\uD834"]"#, .loneSurrogate, surrogate),
    Decision("i_string_two_first_surrogates", #"["\uD800\uD800\n"]"#, .loneSurrogate, surrogate),
    Decision("i_string_invalid_utf8", [0x5B, 0x22, 0xFF, 0x22, 0x5D], .encoding, encoding),
    Decision("i_string_latin_1", [0x5B, 0x22, 0xE9, 0x22, 0x5D], .encoding, encoding),
    Decision("i_string_lone_continuation", [0x5B, 0x22, 0x81, 0x22, 0x5D], .encoding, encoding),
    Decision(
      "i_string_beyond_unicode", [0x5B, 0x22, 0xF4, 0xBF, 0xBF, 0xBF, 0x22, 0x5D], .encoding,
      encoding),
    Decision("i_string_overlong_2", [0x5B, 0x22, 0xC0, 0xAF, 0x22, 0x5D], .encoding, encoding),
    Decision(
      "i_string_overlong_6", [0x5B, 0x22, 0xFC, 0x83, 0xBF, 0xBF, 0xBF, 0xBF, 0x22, 0x5D],
      .encoding, encoding),
    Decision("i_string_truncated_utf8", [0x5B, 0x22, 0xE0, 0xFF, 0x22, 0x5D], .encoding, encoding),
    Decision(
      "i_string_surrogate_in_utf8", [0x5B, 0x22, 0xED, 0xA0, 0x80, 0x22, 0x5D], .encoding, encoding),
    Decision("i_string_utf16_be", [0x00, 0x5B, 0x00, 0x5D], .syntax, encoding),
    Decision("i_string_utf16_le_bom", [0xFF, 0xFE, 0x5B, 0x00, 0x5D, 0x00], .syntax, encoding),
    Decision(
      "i_structure_bom", [0xEF, 0xBB, 0xBF, 0x7B, 0x7D], .encoding,
      "RFC 8259, section 8.1: a sender must not add one, and this reader checks senders"),
    Decision(
      "i_structure_500_arrays",
      String(repeating: "[", count: 500) + String(repeating: "]", count: 500), nil,
      "within the depth limit of 1,024"),
  ]

  @Test(arguments: open) func `that RFC 8259 leaves open are decided`(_ decision: Decision) {
    let result = Result { () throws(JSONError) in try JSONValue(parsing: decision.bytes) }
    switch result {
    case .success: #expect(decision.refused == nil, "\(decision.reason)")
    case .failure(let error):
      #expect(error.code == decision.refused, "\(decision.reason): \(error)")
    }
  }
}
