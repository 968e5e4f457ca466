import CHarnessXML

extension XMLTree {
  /// Reads a document from its bytes; the encoding is found from the first of them.
  ///
  /// - Throws: The first mistake, with its line; also for a document type declaration, with which entities
  ///   come, and for what exceeds the limits.
  public init(parsing bytes: [UInt8], limits: XMLTreeLimits = XMLTreeLimits()) throws(XMLTreeError)
  {
    guard bytes.count <= limits.maximumSize else {
      throw XMLTreeError(
        message: "it has \(bytes.count) bytes, more than the limit of \(limits.maximumSize)",
        line: 1)
    }
    let builder = try TreeBuilder(limits)
    root = try builder.root(of: bytes)
  }

  /// Reads a document.
  ///
  /// - Throws: As reading from bytes does.
  public init(parsing text: String, limits: XMLTreeLimits = XMLTreeLimits()) throws(XMLTreeError) {
    try self.init(parsing: Array(text.utf8), limits: limits)
  }
}

/// Builds a tree of what the parser reports.
@safe
private final class TreeBuilder {
  private var session: OpaquePointer?
  /// The elements that are open, the outermost first.
  private var open: [XMLTree.Element] = []
  private var root: XMLTree.Element?

  init(_ limits: XMLTreeLimits) throws(XMLTreeError) {
    // Safe: the parser is destroyed in deinit, so this object outlives it and its callbacks.
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe session = unsafe charness_xml_parser_create(
      Self.events, context,
      CHarnessXMLLimits(
        depth: max(0, min(limits.maximumDepth, 1_000)),
        attributeBytes: max(0, limits.maximumAttributeBytes), names: max(0, limits.maximumNames),
        namespaces: max(0, limits.maximumNamespaces)))
    guard unsafe session != nil else {
      throw XMLTreeError(message: "no memory is left to parse it", line: 1)
    }
  }

  deinit { unsafe charness_xml_parser_destroy(session) }

  func root(of bytes: [UInt8]) throws(XMLTreeError) -> XMLTree.Element {
    // libxml2 2.9 refuses a piece of more than 10 MB.
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = rest.prefix(1 << 20)
      rest = rest.dropFirst(1 << 20)
      // Safe: the bytes are read before the closure ends.
      let isFine = unsafe piece.withUnsafeBufferPointer {
        unsafe charness_xml_parser_feed(session!, $0.baseAddress, $0.count)
      }
      guard isFine else { throw problem }
    }
    guard unsafe charness_xml_parser_finish(session!) else { throw problem }
    guard let root else { throw XMLTreeError(message: "it has no element", line: 1) }
    return root
  }

  private var problem: XMLTreeError {
    let line = Int(unsafe charness_xml_parser_line(session!))
    let message =
      switch unsafe charness_xml_parser_problem(session!) {
      case .tooDeep: "its elements are nested deeper than the limit"
      case .attributeTooLong: "an attribute is longer than the limit"
      case .markupTooLong: "a tag or a comment is longer than four times the limit of an attribute"
      case .tooManyAttributes: "an element has more attributes than the limit"
      case .tooManyNames: "it has more different names than the limit"
      case .tooManyNamespaces: "an element is in more namespaces than the limit"
      case .outOfMemory: "no memory is left to parse it"
      case .doctype: "it has a document type declaration, which is refused"
      case .notWellFormed, .stopped, .none:
        "it is not well-formed: \(unsafe String(cString: charness_xml_parser_message(session!)))"
      }
    return XMLTreeError(message: message, line: max(1, line))
  }

  private func started(_ element: XMLTree.Element) { open.append(element) }

  private func ended() {
    guard let element = open.popLast() else { return }
    if open.isEmpty {
      root = element
    } else {
      open[open.count - 1].children.append(.element(element))
    }
  }

  private func found(_ text: String) {
    guard !open.isEmpty else { return }
    let last = open.count - 1
    // One text may come in several pieces.
    if case .text(let before)? = open[last].children.last {
      open[last].children[open[last].children.count - 1] = .text(before + text)
    } else {
      open[last].children.append(.text(text))
    }
  }

  /// The parser's callbacks, each of which finds its object again in the context.
  private static let events = unsafe CHarnessXMLEvents(
    startElement: { context, name, attributes, count in
      let builder = unsafe Unmanaged<TreeBuilder>.fromOpaque(context).takeUnretainedValue()
      var element = unsafe XMLTree.Element(TreeBuilder.name(name))
      for index in 0..<count {
        guard let attribute = unsafe attributes?[index] else { continue }
        unsafe element.attributes.append(
          XMLTree.Attribute(
            TreeBuilder.name(attribute.name), TreeBuilder.text(attribute.value) ?? ""))
      }
      builder.started(element)
    },
    endElement: { context, _ in
      let builder = unsafe Unmanaged<TreeBuilder>.fromOpaque(context).takeUnretainedValue()
      builder.ended()
    },
    text: { context, text in
      let builder = unsafe Unmanaged<TreeBuilder>.fromOpaque(context).takeUnretainedValue()
      builder.found(unsafe TreeBuilder.text(text) ?? "")
    })

  private static func name(_ name: CHarnessXMLName) -> XMLTree.Name {
    unsafe XMLTree.Name(text(name.local) ?? "", namespace: text(name.namespaceURI))
  }

  private static func text(_ text: CHarnessXMLText) -> String? {
    guard let bytes = unsafe text.bytes else { return nil }
    return unsafe String(
      decoding: UnsafeBufferPointer(start: bytes, count: text.count), as: UTF8.self)
  }
}
