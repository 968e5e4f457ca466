/// An XML document as a tree of elements and texts.
///
/// Names have their namespaces resolved, prefixes are gone; comments and processing instructions are left out,
/// CDATA sections are text. It is read without network, document type and entity expansion.
///
/// Source: XML 1.0; Namespaces in XML 1.0.
public struct XMLTree: Sendable, Equatable {
  /// The name of an element or an attribute.
  public struct Name: Sendable, Hashable {
    /// The name without a prefix.
    public var local: String
    /// The URI of the namespace, nil where there is none.
    public var namespace: String?

    /// Makes a name.
    public init(_ local: String, namespace: String? = nil) {
      self.local = local
      self.namespace = namespace
    }
  }

  /// An element with its attributes and content.
  public struct Element: Sendable, Equatable {
    /// The name.
    public var name: Name
    /// The attributes in the order they were written; namespace declarations are none.
    public var attributes: [Attribute]
    /// The content in order.
    public var children: [Child]

    /// Makes an element.
    public init(_ name: Name, attributes: [Attribute] = [], children: [Child] = []) {
      self.name = name
      self.attributes = attributes
      self.children = children
    }

    /// The elements inside, texts left out.
    public var elements: [Element] {
      children.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// All text inside, at any depth, in order.
    public var text: String {
      children.map { child in
        switch child {
        case .text(let text): text
        case .element(let element): element.text
        }
      }.joined()
    }

    /// The value of an attribute without a namespace; nil when there is none.
    public subscript(attribute attribute: String) -> String? {
      attributes.first { $0.name == Name(attribute) }?.value
    }
  }

  /// An attribute with its value, references replaced.
  public struct Attribute: Sendable, Equatable {
    /// The name.
    public var name: Name
    /// The value.
    public var value: String

    /// Makes an attribute.
    public init(_ name: Name, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A part of an element's content.
  public enum Child: Sendable, Equatable {
    /// An element.
    case element(Element)
    /// A text; two texts never follow each other.
    case text(String)
  }

  /// The outermost element.
  public var root: Element

  /// Makes a document of its outermost element.
  public init(root: Element) {
    self.root = root
  }
}

extension XMLTree.Element {
  /// Whether a text has nothing but white space, as XML counts it.
  static func isBlank(_ text: String) -> Bool {
    text.utf8.allSatisfy { " \t\r\n".utf8.contains($0) }
  }

  /// The content without what is only there to indent it: blank texts beside elements.
  var meaningfulChildren: [XMLTree.Child] {
    guard !elements.isEmpty else { return children }
    return children.filter { child in
      if case .text(let text) = child { !Self.isBlank(text) } else { true }
    }
  }
}
