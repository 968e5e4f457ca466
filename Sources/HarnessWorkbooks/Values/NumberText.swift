/// The number that a text is, by the grammar of XML Schema's `double` without its `INF` and `NaN`.
///
/// `Double(_:)` alone would take hexadecimal digits, `inf` and `nan` too.
func number(_ text: String) -> Double? { isNumber(text.utf8) ? Double(text) : nil }

/// Whether the bytes are a decimal number: a sign, digits with at most one point, an exponent.
func isNumber(_ bytes: some Sequence<UInt8>) -> Bool {
  var place = NumberPlace.start
  for byte in bytes {
    switch (place, byte) {
    case (.start, UInt8(ascii: "-")), (.start, UInt8(ascii: "+")): place = .signed
    case (.start, _) where isDigit(byte), (.signed, _) where isDigit(byte),
      (.whole, _) where isDigit(byte):
      place = .whole
    case (.start, UInt8(ascii: ".")), (.signed, UInt8(ascii: ".")): place = .barePoint
    case (.whole, UInt8(ascii: ".")): place = .fraction
    case (.barePoint, _) where isDigit(byte), (.fraction, _) where isDigit(byte):
      place = .fraction
    case (.whole, UInt8(ascii: "e")), (.whole, UInt8(ascii: "E")), (.fraction, UInt8(ascii: "e")),
      (.fraction, UInt8(ascii: "E")):
      place = .exponent
    case (.exponent, UInt8(ascii: "-")), (.exponent, UInt8(ascii: "+")): place = .signedExponent
    case (.exponent, _) where isDigit(byte), (.signedExponent, _) where isDigit(byte),
      (.power, _) where isDigit(byte):
      place = .power
    default: return false
    }
  }
  return place == .whole || place == .fraction || place == .power
}

/// Where in a number a scan of it is.
private enum NumberPlace {
  case start, signed, whole, barePoint, fraction, exponent, signedExponent, power
}
