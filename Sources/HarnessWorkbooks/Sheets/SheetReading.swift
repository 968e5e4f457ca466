/// Reads the cells of a sheet's part, a batch of whole rows at a time.
final class SheetReading {
  private let archive: ZipArchive
  private let entry: ZipArchive.Entry
  private let limits: WorkbookLimits
  private var reader: WorksheetReader
  private var stream: EntryStream
  private var parser: HybridParser<SheetDataScanner>
  private var hasEnded = false

  /// Makes a reading that ends a batch with the row in which it has so many cells.
  ///
  /// `usesScanner` says whether plain data may be scanned; the outcome is the same either way.
  init(
    _ entry: ZipArchive.Entry, of archive: ZipArchive, stringCount: Int, styleCount: Int,
    limits: WorkbookLimits, batchCells: Int = .max, usesScanner: Bool = true
  ) throws(WorkbookError) {
    self.archive = archive
    self.entry = entry
    self.limits = limits
    let assembler = CellAssembler(
      stringCount: stringCount, styleCount: styleCount, limits: limits, batchCells: batchCells)
    reader = WorksheetReader(assembler, limits: limits)
    stream = try EntryStream(entry, of: archive, isAhead: true)
    parser = try HybridParser(
      reader, part: entry.name, limits: limits, usesScanner: usesScanner)
  }

  /// The next rows; nil at the end of the sheet.
  ///
  /// Throws when cells of these rows are damaged.
  func nextBatch() throws(WorkbookError) -> CellStore? {
    while true {
      if let batch = reader.assembler.takeBatch() {
        if let error = reader.assembler.damage.error(part: entry.name) { throw error }
        return batch
      }
      if hasEnded { return nil }
      switch try parser.advance(&stream) {
      case .more: break
      case .finished:
        hasEnded = true
        reader.assembler.finish()
      case .restart: try restart()
      }
    }
  }

  /// Begins the part again, by libxml2 alone.
  private func restart() throws(WorkbookError) {
    reader = WorksheetReader(reader.assembler.restarted(), limits: limits)
    stream = try EntryStream(entry, of: archive, isAhead: true)
    parser = try HybridParser(reader, part: entry.name, limits: limits, usesScanner: false)
  }

  /// Takes a batch back, to use its room again.
  func recycle(_ batch: consuming CellStore) { reader.assembler.recycle(batch) }

  /// Whether plain data was scanned, as far as the part was read, and not parsed by libxml2.
  var usesScanner: Bool { parser.usesScanner }

  /// What is odd about the cells beside their order, as far as the part was read.
  var oddities: [WorkbookWarning.Kind] {
    reader.assembler.unknownStyle.map { [.unknownStyle($0)] } ?? []
  }

  /// The formulas that groups of cells share, as far as the part was read.
  var sharedFormulas: [SharedFormula] { reader.assembler.sharedFormulas }

  /// What the part says beside its cells; complete at its end.
  var notes: SheetNotes { reader.notes }
}
