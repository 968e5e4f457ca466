import Testing

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

/// An error on one line, with its type, such as `StoreError: closed`: a case of an enumeration says little by
/// itself.
func shown(error: any Error, cutAt length: Int = 200) -> String {
  // The framework's own, for a failure that it has recorded, describes itself in hundreds of characters.
  if error is ExpectationFailedError { return "after it had failed the test" }
  let type = String(describing: type(of: error))
  let text = shown(error, cutAt: length)
  // As an error it counts as convertible, whatever it is.
  let value: Any = error
  if value is any CustomStringConvertible { return text }
  return text == "\(type)()" ? type : text.hasPrefix(type) ? text : "\(type): \(text)"
}

/// A text in quotation marks, with what cannot be seen escaped.
func quoted(_ text: String) -> String {
  text.debugDescription.replacing("\\'", with: "'")
}
