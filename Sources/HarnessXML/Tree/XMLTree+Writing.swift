extension XMLTree {
  /// The document with an element on each line, indented by two spaces, and a line feed at its end.
  ///
  /// Texts beside elements are kept as they are, so such an element stays on one line. Namespaces are declared
  /// where they begin, without prefixes for elements.
  public var prettyText: String {
    var writer = TreeWriter()
    writer.write(root, inside: nil, indent: "")
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + writer.text
  }
}

/// Appends elements to a text; as deep as the parser's limit lets a tree be.
private struct TreeWriter {
  private(set) var text = ""

  mutating func write(_ element: XMLTree.Element, inside namespace: String?, indent: String) {
    text += indent
    writeInline(element, inside: namespace, indent: indent)
    text += "\n"
  }

  private mutating func writeInline(
    _ element: XMLTree.Element, inside namespace: String?, indent: String?
  ) {
    text += "<\(element.name.local)"
    if element.name.namespace != namespace {
      text += " xmlns=\"\(escaped(element.name.namespace ?? "", isAttribute: true))\""
    }
    var prefixes: [String] = []
    for attribute in element.attributes {
      var name = attribute.name.local
      if let uri = attribute.name.namespace {
        if uri == "http://www.w3.org/XML/1998/namespace" {
          name = "xml:\(name)"
        } else {
          let known = prefixes.firstIndex(of: uri)
          let number = (known ?? prefixes.count) + 1
          if known == nil {
            prefixes.append(uri)
            text += " xmlns:n\(number)=\"\(escaped(uri, isAttribute: true))\""
          }
          name = "n\(number):\(name)"
        }
      }
      text += " \(name)=\"\(escaped(attribute.value, isAttribute: true))\""
    }
    let children = indent == nil ? element.children : element.meaningfulChildren
    guard !children.isEmpty else {
      text += "/>"
      return
    }
    text += ">"
    let isMixed = children.contains { if case .text = $0 { true } else { false } }
    if let indent, !isMixed {
      text += "\n"
      for child in element.elements {
        write(child, inside: element.name.namespace, indent: indent + "  ")
      }
      text += indent
    } else {
      for child in children {
        switch child {
        case .text(let content): text += escaped(content, isAttribute: false)
        case .element(let inner): writeInline(inner, inside: element.name.namespace, indent: nil)
        }
      }
    }
    text += "</\(element.name.local)>"
  }

  /// Source: XML 1.0, sections 2.4 and 3.3.3; a carriage return would be read as a line feed.
  private func escaped(_ content: String, isAttribute: Bool) -> String {
    content.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\r": result += "&#13;"
      case "\"" where isAttribute: result += "&quot;"
      case "\n" where isAttribute: result += "&#10;"
      case "\t" where isAttribute: result += "&#9;"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
