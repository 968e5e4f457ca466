import CHarnessXML

/// A name as the parser hands it over.
///
/// Safe while the callback runs that got it, and never kept longer: the bytes are the parser's.
@safe
struct XMLName {
  private let bytes: UnsafeBufferPointer<UInt8>

  init(_ text: CHarnessXMLText) {
    unsafe bytes = unsafe UnsafeBufferPointer(start: text.bytes, count: text.count)
  }

  var string: String { unsafe String(decoding: bytes, as: UTF8.self) }

  var isEmpty: Bool { unsafe bytes.isEmpty }

  /// Lets a `switch` over names be written with literals.
  static func ~= (literal: StaticString, name: XMLName) -> Bool { name == literal }

  static func == (name: XMLName, literal: StaticString) -> Bool {
    guard unsafe name.bytes.count == literal.utf8CodeUnitCount else { return false }
    for index in 0..<literal.utf8CodeUnitCount
    where unsafe name.bytes[index] != literal.utf8Start[index] {
      return false
    }
    return true
  }
}

/// An element of the vocabulary that a reader reads, with its attributes.
///
/// Safe while the callback runs that got it, and never kept longer.
@safe
struct XMLElement {
  let name: XMLName
  private let attributes: UnsafeBufferPointer<CHarnessXMLAttribute>

  init(
    name: XMLName, attributes: UnsafePointer<CHarnessXMLAttribute>?, count: Int
  ) {
    self.name = name
    unsafe self.attributes = unsafe UnsafeBufferPointer(start: attributes, count: count)
  }

  /// The value of an attribute in no namespace.
  func attribute(_ name: StaticString) -> String? { value(of: name) { $0.isEmpty } }

  /// The value of an attribute in the namespace of relationships, such as `r:id`.
  func relationship(_ name: StaticString) -> String? {
    value(of: name) { namespace in
      XMLNamespace.relationships.contains { namespace == $0 }
    }
  }

  /// Whether the element has `xml:space="preserve"`.
  ///
  /// Source: XML 1.0, section 2.10.
  var preservesSpace: Bool { value(of: "space") { $0 == XMLNamespace.xml } == "preserve" }

  /// The value of an attribute as a whole number; nil when absent or none.
  func integer(_ name: StaticString) -> Int? { attribute(name).flatMap { Int($0) } }

  /// The value of an attribute as a truth; `fallback` when absent or none.
  func boolean(_ name: StaticString, default fallback: Bool) -> Bool {
    switch attribute(name) {
    case "1", "true", "on": true
    case "0", "false", "off": false
    default: fallback
    }
  }

  /// The value of an attribute as a number of digits alone; nil when absent or none.
  func count(_ name: StaticString) -> Int? {
    withAttribute(name) { text in
      if let text { wholeNumber(text) } else { nil }
    }
  }

  /// Hands over the value of an attribute in no namespace, without making a string of it.
  func withAttribute<Result, Failure: Error>(
    _ name: StaticString, _ body: (Span<UInt8>?) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    for index in unsafe attributes.indices {
      let attribute = unsafe attributes[index]
      if unsafe XMLName(attribute.name.local) == name,
        unsafe XMLName(attribute.name.namespaceURI).isEmpty
      {
        let bytes = unsafe UnsafeBufferPointer(
          start: attribute.value.bytes, count: attribute.value.count)
        return try body(unsafe bytes.span)
      }
    }
    return try body(nil)
  }

  private func value(of name: StaticString, where isInNamespace: (XMLName) -> Bool) -> String? {
    for index in unsafe attributes.indices {
      let attribute = unsafe attributes[index]
      if unsafe XMLName(attribute.name.local) == name,
        unsafe isInNamespace(XMLName(attribute.name.namespaceURI))
      {
        return unsafe XMLName(attribute.value).string
      }
    }
    return nil
  }
}

/// The namespaces of the vocabularies, each in its transitional and its strict form.
///
/// Source: ECMA-376, part 1, annex A (strict), and part 4 (transitional).
enum XMLNamespace {
  static let spreadsheet: [StaticString] = [
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
  ]
  static let relationships: [StaticString] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
  ]
  static let packageRelationships: [StaticString] = [
    "http://schemas.openxmlformats.org/package/2006/relationships"
  ]
  static let xml: StaticString = "http://www.w3.org/XML/1998/namespace"
  static let compatibility: StaticString =
    "http://schemas.openxmlformats.org/markup-compatibility/2006"
}
