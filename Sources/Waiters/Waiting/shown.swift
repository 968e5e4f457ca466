import HarnessReporting

/// A value on one line of a failure: what cannot be seen is escaped, and a long text is cut, with a count.
func shown<Value>(_ value: Value, cutAt length: Int) -> String {
  ShownText(value).cut(at: length)
}

/// An error on one line, with its type, such as `StoreError: closed`: a case of an enumeration says little by
/// itself.
func shown(error: any Error, cutAt length: Int = 200) -> String {
  // The framework's own, for a failure that it has recorded, describes itself in hundreds of characters.
  if error.isOfRecordedFailure { return "after it had failed the test" }
  let type = String(describing: type(of: error))
  let text = shown(error, cutAt: length)
  // As an error it counts as convertible, whatever it is.
  let value: Any = error
  if value is any CustomStringConvertible { return text }
  return text == "\(type)()" ? type : text.hasPrefix(type) ? text : "\(type): \(text)"
}

/// A text in quotation marks, with what cannot be seen escaped.
func quoted(_ text: String) -> String {
  onOneLine(text.debugDescription.replacing("\\'", with: "'"))
}

/// A text with what cannot be seen escaped.
func onOneLine(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: \.isUnseen) else { return text }
  var line = ""
  for scalar in text.unicodeScalars {
    if scalar.isUnseen {
      line += scalar.escaped(asASCII: true)
    } else {
      line.unicodeScalars.append(scalar)
    }
  }
  return line
}

/// A value in words, which may be asked for in several lengths.
struct ShownText {
  private let text: String
  /// Whether it is a text itself, which is shown in quotation marks.
  private let isQuoted: Bool

  init<Value>(_ value: Value) {
    isQuoted = value is String
    text = (value as? String) ?? String(describing: value)
  }

  /// The beginning, on one line, with a count of the rest.
  ///
  /// Of a text that is much longer only the beginning is looked at, and the rest is counted in bytes.
  func cut(at length: Int) -> String {
    guard text.utf8.count <= 1_024 + 4 * length else { return beginning(of: length) }
    let line = isQuoted ? quoted(text) : onOneLine(text)
    guard line.count > length else { return line }
    return "\(line.prefix(length))… (+\(line.count - length) characters)"
  }

  private func beginning(of length: Int) -> String {
    var line = isQuoted ? "\"" : ""
    var (taken, bytes) = (0, 0)
    for scalar in text.unicodeScalars {
      let piece =
        scalar.isUnseen
        ? scalar.escaped(asASCII: true)
        : isQuoted && scalar != "'" ? scalar.escaped(asASCII: false) : String(scalar)
      taken += piece.unicodeScalars.count
      if taken > length { break }
      line += piece
      bytes += UTF8.width(scalar)
    }
    return "\(line)… (+\(text.utf8.count - bytes) bytes)"
  }
}

extension Unicode.Scalar {
  /// Whether it would end the line, do something to a terminal, or turn the order of what is seen.
  fileprivate var isUnseen: Bool {
    switch value {
    // Most of what is shown; a look at the properties takes longer.
    case 0x20..<0x7F: false
    // Embeddings, overrides and isolates of directions: UAX #9, section 2.
    case 0x202A...0x202E, 0x2066...0x2069: true
    default:
      switch properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
  }
}
