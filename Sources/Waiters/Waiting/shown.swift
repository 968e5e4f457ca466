/// A value on one line of a failure: control characters are escaped, and a long text is cut, with a count.
func shown<Value>(_ value: Value, cutAt length: Int) -> String {
  let text = (value as? String).map(quoted) ?? String(describing: value)
  var line = ""
  for scalar in text.unicodeScalars {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: line += scalar.escaped(asASCII: true)
    default: line.unicodeScalars.append(scalar)
    }
  }
  guard line.count > length else { return line }
  return "\(line.prefix(length))… (+\(line.count - length) characters)"
}

/// A text in quotation marks, with what cannot be seen escaped.
func quoted(_ text: String) -> String {
  text.debugDescription.replacing("\\'", with: "'")
}

/// An error on one line: a case of an enum with its type, which `description` leaves out.
func shown(error: any Error, cutAt length: Int = 200) -> String {
  let text = shown(error, cutAt: length)
  // As an error it counts as convertible, whatever it is.
  let value: Any = error
  guard Mirror(reflecting: value).displayStyle == .enum, !(value is any CustomStringConvertible)
  else { return text }
  return "\(type(of: error)).\(text)"
}
