/// Parses a part with libxml2, and what is plain in one element of it with a scanner.
///
/// libxml2 reads everything before and behind the content of that element, so that it alone decides about
/// them. As soon as anything is not as plain as the scanner wants it, or wrong, the whole part is to be
/// parsed again by libxml2, which then says what and where.
struct HybridParser<Scanner: ContentScanner>: ~Copyable {
  enum Progress {
    case more
    case finished
    /// The part must be parsed again, by libxml2 alone.
    case restart
  }

  private enum Stage {
    case head
    case content
    /// Only libxml2 parses.
    case rest
  }

  private let reader: Scanner.Reader
  private let parser: PartParser
  private let limits: WorkbookLimits
  /// Whether no scanner takes part: what libxml2 then says of the part is told as it is.
  private let isAlone: Bool
  private var stage: Stage
  private var scanner: Scanner?
  // The bytes that were not parsed yet lie between the two, with zeros behind them.
  private var buffer: [UInt8]
  private var end = 0

  /// `usesScanner`: whether the scanner may be used at all.
  init(
    _ reader: Scanner.Reader, part: String, limits: WorkbookLimits, usesScanner: Bool
  ) throws(WorkbookError) {
    self.reader = reader
    self.limits = limits
    // The elements that a scanner knows lie that deep.
    let usesScanner = usesScanner && limits.depth >= 8 && limits.xmlNames >= 2 * Self.scannedNames
    var parserLimits = limits
    if usesScanner { parserLimits.xmlNames -= Self.scannedNames }
    parser = try PartParser(reader, part: part, limits: parserLimits)
    isAlone = !usesScanner
    stage = usesScanner ? .head : .rest
    buffer = [UInt8](repeating: 0, count: 2 * EntryStream.pieceSize + ScanWindow.tail)
  }

  /// More names than a scanner lets pass that libxml2 then never sees: with so many less for the rest, no part
  /// gets more than the limit.
  private static var scannedNames: Int { 128 }

  /// Whether the scanner read what was read so far of the element that it knows.
  var usesScanner: Bool { scanner != nil }

  /// Parses one more piece of the part.
  mutating func advance(_ stream: inout EntryStream) throws(WorkbookError) -> Progress {
    let needed = end + EntryStream.pieceSize + ScanWindow.tail
    if buffer.count < needed { buffer += [UInt8](repeating: 0, count: needed - buffer.count) }
    let count = try stream.next(into: &buffer, from: end)
    if count == 0 { return try finish() }
    end += count
    for index in end..<end + ScanWindow.tail { buffer[index] = 0 }
    switch stage {
    case .head: return try head()
    case .content: return try content(from: 0)
    case .rest: return try rest(from: 0, &stream)
    }
  }

  private mutating func finish() throws(WorkbookError) -> Progress {
    do throws(WorkbookError) {
      switch stage {
      case .head: try parser.feed(buffer.span.extracting(0..<end))
      case .content: return .restart
      case .rest: break
      }
      try parser.finish()
      return .finished
    } catch {
      if isAlone { throw error }
      return .restart
    }
  }

  private mutating func head() throws(WorkbookError) -> Progress {
    switch PartHead.search(for: Scanner.element, in: buffer.span.extracting(0..<end)) {
    case .needsMore: return .more
    case .unusual: return .restart
    case .found(let head):
      do throws(WorkbookError) {
        try parser.feed(buffer.span.extracting(0..<head.contentStart))
      } catch {
        return .restart
      }
      guard Scanner.isAtStart(reader) else { return .restart }
      stage = .content
      scanner = Scanner(prefixes: head.prefixes, limits: limits)
      return try content(from: head.contentStart)
    }
  }

  private mutating func content(from start: Int) throws(WorkbookError) -> Progress {
    var position = start
    let outcome: ScanOutcome
    do throws(WorkbookError) {
      guard var scanner = scanner.take() else { return .restart }
      outcome = try scanner.scan(buffer.span, end: end, from: &position, into: reader)
      self.scanner = scanner
    } catch {
      return .restart
    }
    switch outcome {
    case .unusual: return .restart
    case .needsMore:
      guard end - position < ScanWindow.longest else { return .restart }
      keep(from: position)
      return .more
    case .ended:
      stage = .rest
      do throws(WorkbookError) {
        try parser.feed(buffer.span.extracting(position..<end))
      } catch {
        return .restart
      }
      end = 0
      return .more
    }
  }

  private mutating func rest(
    from start: Int, _ stream: inout EntryStream
  ) throws(WorkbookError) -> Progress {
    do throws(WorkbookError) {
      try parser.feed(buffer.span.extracting(start..<end))
    } catch {
      if !isAlone { return .restart }
      throw stream.cause(of: error)
    }
    end = 0
    return .more
  }

  private mutating func keep(from position: Int) {
    let count = end - position
    if position > 0, count > 0 {
      unsafe buffer.withUnsafeMutableBufferPointer { bytes in
        unsafe bytes.baseAddress!.update(from: bytes.baseAddress! + position, count: count)
      }
    }
    end = count
  }
}
