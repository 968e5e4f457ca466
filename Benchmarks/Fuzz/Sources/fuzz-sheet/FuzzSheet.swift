@testable import HarnessWorkbooks

/// What libFuzzer calls with each input: a sheet or shared strings, read by the scanner and by libxml2, its oracle.
///
/// Both must make the same of it, or refuse it for the same reason.
///
/// The first byte chooses what the rest is.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSheet(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: libFuzzer hands over `count` bytes that live as long as the call.
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  let bytes = Array(input.dropFirst())
  switch choice % 5 {
  case 0: checkSheet(bytes)
  case 1: checkSheet(sheetHead + bytes + Array("</sheetData></worksheet>".utf8))
  case 2: checkStrings(bytes)
  case 3: checkStrings(stringsHead + bytes + Array("</sst>".utf8))
  default: checkTexts(String(decoding: bytes, as: UTF8.self))
  }
  return 0
}

private let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
private let sheetHead = Array(
  "<worksheet xmlns=\"\(main)\" xmlns:x14ac=\"urn:a\" xmlns:x=\"urn:x\"><sheetData>".utf8)
private let stringsHead = Array("<sst xmlns=\"\(main)\">".utf8)

private let refused = "refused: "

private func checkSheet(_ part: [UInt8]) {
  // Whole, and a row at a time.
  for batchCells in [Int.max, 1] {
    let parsed = sheet(part, usesScanner: false, batchCells: batchCells)
    let scanned = sheet(part, usesScanner: true, batchCells: batchCells)
    // Which of two damages is told depends on how far each has read when a batch is handed out.
    if batchCells == 1, scanned.first?.hasPrefix(refused) == true,
      parsed.first?.hasPrefix(refused) == true
    {
      continue
    }
    expectEqual(scanned, parsed)
  }
}

/// An error as it is compared: what libxml2 says of a part that is not well-formed depends on how much of it it was
/// given at once.
private func told(_ error: WorkbookError) -> String {
  let text = "\(refused)\(error)"
  guard let end = text.firstRange(of: "not well-formed XML") else { return text }
  return String(text[..<end.upperBound])
}

/// Not a precondition, whose message a release build leaves out.
private func expectEqual(_ scanned: [String], _ parsed: [String]) {
  if scanned != parsed { fatalError("the scanner makes \(scanned), and libxml2 \(parsed)") }
}

/// All that a sheet's part says, or why it is refused.
private func sheet(
  _ part: [UInt8], usesScanner: Bool, batchCells: Int
) -> [String] {
  var lines: [String] = []
  do throws(WorkbookError) {
    let archive = try archive("xl/worksheets/sheet1.xml", part)
    let reading = try SheetReading(
      try entry(archive), of: archive, stringCount: 10, styleCount: 10, limits: limits,
      batchCells: batchCells, usesScanner: usesScanner)
    let context = CellContext(strings: SharedStrings(), formats: [], epoch: .year1900)
    var stores: [CellStore] = []
    while let store = try reading.nextBatch() { stores.append(store) }
    for store in stores {
      let storage = SheetStorage(
        store, sharedFormulas: reading.sharedFormulas, context: context)
      for index in 0..<storage.store.count {
        lines.append(line(storage.store.cells[index], storage))
      }
    }
    lines += reading.notes.merges.map { "merged \($0)" }
  } catch {
    lines = [told(error)]
  }
  return lines
}

private func line(_ stored: StoredCell, _ storage: SheetStorage) -> String {
  if case .sharedString(let index) = stored.content {
    return "\(stored.reference) \(stored.style) string \(index)"
  }
  let cell = storage.cell(stored)
  return "\(cell) \(cell.expandedFormula ?? "-")"
}

private func checkStrings(_ part: [UInt8]) {
  let parsed = strings(part, usesScanner: false)
  let scanned = strings(part, usesScanner: true)
  expectEqual(scanned, parsed)
}

private func strings(_ part: [UInt8], usesScanner: Bool) -> [String] {
  do throws(WorkbookError) {
    let archive = try archive("xl/sharedStrings.xml", part)
    let strings = try WorkbookPackage.sharedStrings(
      try entry(archive), of: archive, limits: limits, usesScanner: usesScanner)
    return (0..<strings.count).map { index in
      let runs = strings.runs(index)
      precondition(
        strings[index].utf8.starts(with: runs.map(\.text).joined().utf8), "runs are no part")
      return "\(strings[index]) \(runs)"
    }
  } catch {
    return [told(error)]
  }
}

/// What is neither a sheet nor a part: the codes of number formats, formulas and references.
private func checkTexts(_ text: String) {
  let format = NumberFormat(code: text)
  for number in [-1.5, 0, 0.5, 45_832] { _ = format.reading(of: number) }
  let places = (CellReference("C3"), CellReference("XFD1048576"), CellReference("C3"))
  guard let origin = places.0, let far = places.1, let same = places.2 else { return }
  _ = FormulaMove(from: origin, to: far).moved(text)
  // A formula that stays where it is means the same, but for the case of its references.
  let still = FormulaMove(from: origin, to: same).moved(text)
  precondition(
    FormulaMove(from: origin, to: same).moved(still) == still, "a formula moves where it is")
  if let range = CellRange(text) { precondition(CellRange("\(range)") == range) }
}

private func archive(_ name: String, _ part: [UInt8]) throws(WorkbookError) -> ZipArchive {
  var writer = ZipWriter(.none)
  try writer.add(name, part)
  return try ZipArchive(try writer.finish(), limits: limits)
}

private func entry(_ archive: ZipArchive) throws(WorkbookError) -> ZipArchive.Entry {
  guard let entry = archive.allEntries.first else {
    throw WorkbookError(.missingPart, "the archive is empty")
  }
  return entry
}

private let limits: WorkbookLimits = {
  var limits = WorkbookLimits()
  limits.cells = 50_000
  limits.textBytes = 2_000
  return limits
}()
