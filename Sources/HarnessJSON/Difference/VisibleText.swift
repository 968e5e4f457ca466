extension String {
  /// The text with what a reader cannot see or tell from a plain space written as `\u{200B}`.
  ///
  /// Line feeds are kept; cut texts into lines first.
  package var withInvisiblesShown: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar.properties.generalCategory {
      case _ where scalar == " " || scalar == "\n": text.unicodeScalars.append(scalar)
      case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned,
        .privateUse:
        text += "\\u{\(scalar.hexadecimalText)}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  /// The first scalars of the text, with a count of what was left out.
  package func cut(to limit: Int) -> String {
    guard let end = unicodeScalars.index(startIndex, offsetBy: limit, limitedBy: endIndex),
      end < endIndex
    else { return self }
    return "\(self[..<end])… (+\(self[end...].utf8.count) bytes)"
  }
}

extension Unicode.Scalar {
  /// At least four upper-case digits, as in U+00E9.
  package var hexadecimalText: String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension JSONPointer {
  /// The text as a failure message shows it: invisible characters shown, and cut, for the names come from
  /// the service.
  package var excerpt: String {
    description.cut(to: 240).withInvisiblesShown
  }
}

extension JSONValue {
  /// The compact text as a failure message shows it: invisible characters shown, and cut.
  package func excerpt(limit: Int) -> String {
    compactText.cut(to: limit).withInvisiblesShown
  }
}
