import HarnessJSON
public import ProblemJSON

extension XMLProblem {
  /// A problem that was read, and what is wrong with the document by appendix B.
  public struct Reading: Sendable {
    /// The problem; nil when the document is none.
    public let problem: Problem?
    /// What is wrong: the rules P27, P28 and P29.
    public let findings: [ProblemFinding]
  }

  /// Reads a problem from the bytes of a document, as leniently as from JSON.
  public static func read(_ bytes: [UInt8]) -> Reading {
    let (object, findings) = members(of: bytes)
    return Reading(problem: object.map { Problem($0) }, findings: findings)
  }

  /// Checks a response in XML against the rules of RFC 9457, those of appendix B among them.
  public static func check(_ context: ProblemContext) -> ProblemVerdict {
    ProblemVerdict(checking: context, reader: reader)
  }

  /// Reads the response of a context for the rules.
  static func reader(_ context: ProblemContext) -> (object: JSONObject?, findings: [ProblemFinding])
  {
    var (object, findings) = members(of: context.body)
    if context.mediaType != "application/problem+xml" {
      let actual = context.contentType.map { "Content-Type: \($0.withInvisiblesShown)" }
      findings.insert(
        ProblemFinding(
          .mediaType, at: JSONPointer(), "the response is not marked as a problem document in XML",
          expected: "Content-Type: application/problem+xml", actual: actual ?? "no Content-Type"),
        at: 0)
    }
    return (object, findings)
  }

  private static func members(of bytes: [UInt8]) -> (JSONObject?, [ProblemFinding]) {
    let tree: XMLTree
    do {
      tree = try XMLTree(parsing: bytes)
    } catch {
      return (
        nil,
        [
          ProblemFinding(
            .object, at: JSONPointer(), "the body is no problem document: it is not XML, \(error)")
        ]
      )
    }
    let root = tree.root.name
    guard root == XMLTree.Name("problem", namespace: namespace) else {
      let finding = ProblemFinding(
        .xmlRoot, at: JSONPointer(), "the root is not that of a problem document",
        expected: "problem in \(namespace)",
        actual: "\(root.local.cut(to: 80)) in \(root.namespace?.cut(to: 240) ?? "no namespace")")
      return (nil, [finding])
    }
    var reader = MemberReader()
    let object = reader.object(tree.root, at: JSONPointer())
    return (object, reader.findings)
  }
}

/// Makes values of elements.
private struct MemberReader {
  private(set) var findings: [ProblemFinding] = []

  mutating func object(_ element: XMLTree.Element, at place: JSONPointer) -> JSONObject {
    var members: [JSONObject.Member] = []
    for child in element.elements {
      let place = place.appending(child.name.local)
      guard isOurs(child, at: place) else { continue }
      var value = self.value(child, at: place)
      // The one member of the standard that is a number; any other text counts as absent (section 3.1.2).
      if place.tokens == ["status"], let text = value.stringValue, let number = Int(text) {
        value = .number(JSONNumber(number))
      }
      members.append(.init(name: child.name.local, value: value))
    }
    return JSONObject(members)
  }

  private mutating func value(_ element: XMLTree.Element, at place: JSONPointer) -> JSONValue {
    let elements = element.elements
    guard !elements.isEmpty else { return .string(element.text) }
    let items = elements.count { $0.name.local == "i" }
    if items > 0, items < elements.count {
      found(
        .xmlArrays, at: place, "an array has elements i alone, and an object none of that name",
        actual: elements.prefix(10).map { $0.name.local.cut(to: 40) }.joined(separator: ", "))
    }
    guard items == elements.count else { return .object(object(element, at: place)) }
    var values: [JSONValue] = []
    for (index, child) in elements.enumerated() {
      let place = place.appending(index)
      if isOurs(child, at: place) { values.append(value(child, at: place)) }
    }
    return .array(values)
  }

  private mutating func isOurs(_ element: XMLTree.Element, at place: JSONPointer) -> Bool {
    if element.name.namespace == XMLProblem.namespace { return true }
    found(
      .xmlNamespace, at: place, "the element is in another namespace, and left out",
      actual: element.name.namespace?.cut(to: 240) ?? "no namespace")
    return false
  }

  private mutating func found(
    _ rule: ProblemRule, at place: JSONPointer, _ message: String, actual: String
  ) {
    findings.append(ProblemFinding(rule, at: place, message, actual: actual))
  }
}
