/// A text as a message shows it: in quotes, what is invisible as an escape, and no longer than a line.
func shown(_ text: String) -> String { "\"\(visible(text))\"" }

/// Texts in quotes with commas between them, the first ones where there are many.
func shown(_ texts: [String]) -> String {
  let first = texts.prefix(mostShown).map { shown($0) }.joined(separator: ", ")
  return texts.count > mostShown ? "\(first) and \(texts.count - mostShown) more" : first
}

/// A text with what is invisible as an escape, cut where it is long.
///
/// Texts come from files, so a message must not take the lines, the direction or the length of one.
func visible(_ text: String) -> String {
  var result = ""
  var rest = text.unicodeScalars[...]
  for scalar in rest.prefix(longestShown) {
    switch scalar {
    case " ", "\u{200C}", "\u{200D}":
      // The joiners shape Arabic words and emoji, and show so.
      result.unicodeScalars.append(scalar)
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    default:
      switch scalar.properties.generalCategory {
      case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator:
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
  rest = rest.dropFirst(longestShown)
  return rest.isEmpty ? result : "\(result)… (+\(rest.count) characters)"
}

private let longestShown = 100
private let mostShown = 20
