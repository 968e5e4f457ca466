public import GoldenFiles
import HarnessJSON

/// XML documents as golden files, compared by meaning: prefixes, the order of attributes, and white space between
/// elements count for nothing; the order of elements counts.
///
/// Places for rules are paths of names, an index where a name is there again, and `@` before an attribute:
/// `/report/row[2]/@id`, `/report/*/@id`. The text of an element without elements is the element itself.
public struct XMLGolden: GoldenFormat {
  /// The extension of the files.
  public let fileExtension = "xml"

  /// Makes the format.
  public init() {}

  /// The document with an element on each line.
  public func write(_ value: XMLTree) -> [UInt8] {
    Array(value.prettyText.utf8)
  }

  /// The document of a file.
  ///
  /// - Throws: ``XMLTreeError`` when the file is not XML.
  public func read(_ bytes: [UInt8]) throws -> XMLTree {
    try XMLTree(parsing: bytes)
  }

  /// Compares the elements, their attributes and texts.
  public func compare(
    _ actual: XMLTree, with golden: XMLTree?, rules: [GoldenRule]
  ) -> GoldenComparison<XMLTree> {
    let document = TreeValues.document(actual)
    let comparison = JSONGolden().compare(
      document, with: golden.map(TreeValues.document), rules: rules)
    var differences = comparison.differences
    // Elements that are missing have told it already.
    if let golden, differences.isEmpty {
      differences += TreeValues.order(golden.root, actual.root, at: "/\(actual.root.name.local)")
    }
    return GoldenComparison(
      differences: differences, violations: comparison.violations,
      candidate: TreeValues.tree(actual, with: comparison.candidate))
  }
}

extension GoldenFormat where Self == XMLGolden {
  /// XML documents, compared by meaning.
  public static var xml: XMLGolden { XMLGolden() }
}

/// XML as JSON values with one name for each place, so that rules and differences are those of JSON.
enum TreeValues {
  static func document(_ tree: XMLTree) -> JSONValue {
    .object(
      JSONObject([
        .init(name: tree.root.name.local, value: value(tree.root, inside: nil))
      ]))
  }

  /// A text for an element with nothing else, an object for any other.
  private static func value(_ element: XMLTree.Element, inside namespace: String?) -> JSONValue {
    let children = element.meaningfulChildren
    let names = names(of: children)
    if element.attributes.isEmpty, element.name.namespace == namespace,
      names.isEmpty
        || names == ["text()"]
    {
      return .string(element.text)
    }
    var members: [JSONObject.Member] = []
    if element.name.namespace != namespace {
      members.append(
        .init(name: "namespace()", value: element.name.namespace.map(JSONValue.string) ?? .null))
    }
    for attribute in element.attributes {
      members.append(.init(name: name(of: attribute), value: .string(attribute.value)))
    }
    for (name, child) in zip(names, children) {
      switch child {
      case .text(let text): members.append(.init(name: name, value: .string(text)))
      case .element(let inner):
        members.append(.init(name: name, value: value(inner, inside: element.name.namespace)))
      }
    }
    return .object(JSONObject(members))
  }

  private static func name(of attribute: XMLTree.Attribute) -> String {
    "@" + (attribute.name.namespace.map { "{\($0)}" } ?? "") + attribute.name.local
  }

  /// `row`, `row[2]`, `row[3]`: the first has no index, or it would get one when another comes.
  private static func names(of children: [XMLTree.Child]) -> [String] {
    var counts: [String: Int] = [:]
    return children.map { child in
      let name: String
      switch child {
      case .text: name = "text()"
      case .element(let element): name = element.name.local
      }
      let count = counts[name, default: 0] + 1
      counts[name] = count
      return count == 1 ? name : "\(name)[\(count)]"
    }
  }

  /// The places where the same elements come in another order.
  static func order(
    _ golden: XMLTree.Element, _ actual: XMLTree.Element, at place: String
  ) -> [GoldenFinding] {
    let stored = golden.meaningfulChildren
    let found = actual.meaningfulChildren
    let (wanted, given) = (names(of: stored), names(of: found))
    if wanted.sorted() == given.sorted(), wanted != given {
      func text(_ names: [String]) -> String { names.prefix(20).joined(separator: ", ") }
      return [
        GoldenFinding(
          """
          \(place): the elements come in another order
            expected  \(text(wanted))
            actual    \(text(given))
          """)
      ]
    }
    let others = Dictionary(zip(given, found)) { first, _ in first }
    return zip(wanted, stored).flatMap { name, child -> [GoldenFinding] in
      guard case .element(let inner) = child, case .element(let other)? = others[name] else {
        return []
      }
      return order(inner, other, at: "\(place)/\(name)")
    }
  }

  /// The tree with the texts and attributes of a candidate: placeholders are in their places.
  static func tree(_ tree: XMLTree, with candidate: JSONValue) -> XMLTree {
    guard let root = candidate[tree.root.name.local] else { return tree }
    return XMLTree(root: element(tree.root, with: root))
  }

  private static func element(_ element: XMLTree.Element, with value: JSONValue) -> XMLTree.Element
  {
    var result = element
    guard let members = value.objectValue else {
      result.children = value.stringValue.map { $0.isEmpty ? [] : [.text($0)] } ?? element.children
      if value.stringValue != nil, !element.elements.isEmpty { result.attributes = [] }
      return result
    }
    for index in result.attributes.indices {
      if let text = members[name(of: result.attributes[index])]?.stringValue {
        result.attributes[index].value = text
      }
    }
    let children = element.meaningfulChildren
    result.children = zip(names(of: children), children).map { name, child in
      guard let value = members[name] else { return child }
      switch child {
      case .text(let text): return .text(value.stringValue ?? text)
      case .element(let inner): return .element(self.element(inner, with: value))
      }
    }
    return result
  }
}
