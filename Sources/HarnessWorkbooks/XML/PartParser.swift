import CHarnessXML

/// Drives the XML parser over one part, and a reader with what it finds.
@safe
final class PartParser {
  private let reader: any PartReader
  private let part: String
  private let limits: WorkbookLimits
  private var session: OpaquePointer?
  private var filter: VocabularyFilter
  private var error: WorkbookError?

  init(_ reader: any PartReader, part: String, limits: WorkbookLimits) throws(WorkbookError) {
    self.reader = reader
    self.part = part
    self.limits = limits
    filter = VocabularyFilter(reader.namespaces)
    // Safe: the parser is destroyed in deinit, so this object outlives it and its callbacks.
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe session = unsafe charness_xml_parser_create(
      PartParser.events, context,
      CHarnessXMLLimits(
        depth: limits.depth, attributeBytes: limits.textBytes, names: limits.xmlNames,
        namespaces: limits.namespaces))
    guard unsafe session != nil else {
      throw WorkbookError(.unreadable, "no memory is left to parse it", part: part)
    }
  }

  deinit { unsafe charness_xml_parser_destroy(session) }

  /// Parses one more piece of the part.
  func feed(_ piece: borrowing Span<UInt8>) throws(WorkbookError) {
    let fine = unsafe piece.withUnsafeBufferPointer {
      unsafe charness_xml_parser_feed(session!, $0.baseAddress, $0.count)
    }
    if !fine { throw problem }
  }

  /// Ends the part.
  func finish() throws(WorkbookError) {
    if unsafe !charness_xml_parser_finish(session!) { throw problem }
  }

  private var problem: WorkbookError {
    if let error { return error }
    let message = unsafe String(cString: charness_xml_parser_message(session!))
    let line = Int(unsafe charness_xml_parser_line(session!))
    func damaged(_ reason: String) -> WorkbookError {
      WorkbookError(.damagedPart, reason, part: part, line: line)
    }
    switch unsafe charness_xml_parser_problem(session!) {
    case .tooDeep:
      return WorkbookError(
        .limitExceeded, "its elements are nested deeper than the limit `depth`", part: part,
        line: line)
    case .attributeTooLong:
      return WorkbookError(
        .limitExceeded, "an attribute is longer than the limit `textBytes`", part: part, line: line)
    case .markupTooLong:
      return WorkbookError(
        .limitExceeded, "a tag or a comment is longer than four times the limit `textBytes`",
        part: part, line: line)
    case .tooManyAttributes:
      return WorkbookError(
        .limitExceeded, "an element has more attributes than a workbook needs", part: part,
        line: line)
    case .tooManyNames:
      return WorkbookError(
        .limitExceeded,
        "its XML has more different names and namespaces than the limit `xmlNames`, \(limits.xmlNames)",
        part: part, line: line)
    case .tooManyNamespaces:
      return WorkbookError(
        .limitExceeded,
        "an element is in more namespaces than the limit `namespaces`, \(limits.namespaces)",
        part: part, line: line)
    case .outOfMemory:
      return WorkbookError(.unreadable, "no memory is left to parse it", part: part, line: line)
    case .doctype:
      return damaged(
        "it has a document type declaration, which no workbook needs and none may have")
    case .notWellFormed, .stopped, .none:
      return damaged("it is not well-formed XML: \(message)")
    }
  }

  private func stop(_ error: WorkbookError) {
    self.error = error
    if self.error?.part == nil { self.error?.part = part }
    unsafe charness_xml_parser_stop(session!)
  }
}

extension PartParser {
  /// The parser's callbacks, each of which finds its object again in the context.
  private static let events = unsafe CHarnessXMLEvents(
    startElement: { context, name, attributes, count in
      let parser = unsafe Unmanaged<PartParser>.fromOpaque(context).takeUnretainedValue()
      let element = unsafe XMLElement(
        name: XMLName(name.local), attributes: attributes, count: count)
      unsafe parser.started(element, namespace: XMLName(name.namespaceURI))
    },
    endElement: { context, name in
      let parser = unsafe Unmanaged<PartParser>.fromOpaque(context).takeUnretainedValue()
      unsafe parser.ended(XMLName(name.local))
    },
    text: { context, text in
      let parser = unsafe Unmanaged<PartParser>.fromOpaque(context).takeUnretainedValue()
      let piece = unsafe UnsafeBufferPointer(start: text.bytes, count: text.count)
      unsafe parser.found(piece.span)
    })

  private func started(_ element: XMLElement, namespace: XMLName) {
    switch filter.started(element.name, namespace: namespace) {
    case .root:
      guard filter.knows(namespace), element.name == reader.root else {
        stop(
          WorkbookError(
            .damagedPart,
            "its root element is \(element.name.string) in the namespace \(shown(namespace.string)), "
              + "not \(reader.root) of the vocabulary"))
        return
      }
      pass { () throws(WorkbookError) in try reader.startElement(element) }
    case .pass: pass { () throws(WorkbookError) in try reader.startElement(element) }
    case .leaveOut: break
    }
  }

  private func ended(_ name: XMLName) {
    guard filter.ended() else { return }
    pass { () throws(WorkbookError) in try reader.endElement(name) }
  }

  private func found(_ piece: borrowing Span<UInt8>) {
    guard filter.passesText else { return }
    do throws(WorkbookError) { try reader.text(piece) } catch { stop(error) }
  }

  private func pass(_ body: () throws(WorkbookError) -> Void) {
    do throws(WorkbookError) { try body() } catch { stop(error) }
  }
}

extension ZipArchive {
  /// Parses a part that is neither a sheet nor the shared strings into a reader.
  func parse(
    _ entry: Entry, into reader: any PartReader, limits: WorkbookLimits
  ) throws(WorkbookError) {
    try limits.checkSmallPart(entry)
    let parser = try PartParser(reader, part: entry.name, limits: limits)
    var stream = try EntryStream(entry, of: self, isAhead: false)
    var buffer = [UInt8](repeating: 0, count: EntryStream.pieceSize)
    while case let count = try stream.next(into: &buffer), count > 0 {
      do throws(WorkbookError) {
        try parser.feed(buffer.span.extracting(0..<count))
      } catch {
        throw stream.cause(of: error)
      }
    }
    try parser.finish()
  }
}
