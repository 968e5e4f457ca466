/// A path through an XML document: a small part of XPath 1.0.
///
/// It knows `/a/b`, `//b` (at any depth), `*`, `.`, `@name`, `text()`, and after a name `[2]`, `[last()]`, `[@a]`,
/// `[@a='v']` and `[b='v']`. A name stands for elements of that local name in every namespace, or with
/// `{uri}name` in one.
///
/// Source: XPath 1.0, sections 2 and 2.5, for the abbreviated forms above.
public struct XPath: Sendable {
  enum Test: Sendable, Equatable {
    case any
    case name(XMLTree.Name, inAnyNamespace: Bool)
    case text
    case attribute(XMLTree.Name, inAnyNamespace: Bool)
    case anyAttribute
    case itself
  }

  enum Predicate: Sendable, Equatable {
    case position(Int)
    case last
    case attribute(String, equals: String?)
    case child(String, equals: String?)
  }

  struct Step: Sendable, Equatable {
    var isDeep: Bool
    var test: Test
    var predicates: [Predicate]
  }

  /// The path as it was written.
  public let text: String
  let steps: [Step]

  /// Reads a path.
  ///
  /// - Throws: What is wrong with it, and where.
  public init(parsing text: String) throws(XPathError) {
    self.text = text
    var parser = XPathParser(text)
    steps = try parser.parse()
  }
}

/// Why a text is no path that is known here.
public struct XPathError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The path.
  public let path: String
  /// What is wrong.
  public let reason: String
  /// The offset of the mistake in scalars, counted from 0.
  public let offset: Int

  /// The path, the place and what is wrong.
  public var description: String { "\"\(path)\" at offset \(offset): \(reason)" }
}

/// What a path leads to.
public enum XPathMatch: Sendable, Equatable {
  /// An element.
  case element(XMLTree.Element)
  /// An attribute.
  case attribute(XMLTree.Attribute)
  /// A text.
  case text(String)

  /// The text of an element, the value of an attribute, or the text itself.
  public var string: String {
    switch self {
    case .element(let element): element.text
    case .attribute(let attribute): attribute.value
    case .text(let text): text
    }
  }
}

extension XMLTree {
  /// What a path leads to, in document order.
  ///
  /// - Throws: ``XPathError`` when the text is no path.
  public func matches(_ path: String) throws(XPathError) -> [XPathMatch] {
    matches(try XPath(parsing: path))
  }

  /// What a path leads to, in document order.
  public func matches(_ path: XPath) -> [XPathMatch] {
    // The document stands above its outermost element.
    let document = Element(Name(""), children: [.element(root)])
    return XPathEvaluation.run(path.steps, from: document)
  }
}
