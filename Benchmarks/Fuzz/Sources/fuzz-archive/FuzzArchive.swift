@testable import HarnessWorkbooks

/// What libFuzzer calls with each input: opens it as an archive and as a workbook, and reads all that is in it.
///
/// The first byte says whether wrong checksums are accepted: without that hardly any changed byte gets further than the
/// CRC-32 of its entry.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzArchive(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: libFuzzer hands over `count` bytes that live as long as the call.
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  let bytes = Array(input.dropFirst())
  let options: ReadingOptions = choice & 1 == 0 ? [] : .acceptingWrongChecksums
  readEntries(bytes, options)
  readWorkbook(bytes, options)
  return 0
}

private let limits: WorkbookLimits = {
  var limits = WorkbookLimits()
  limits.partBytes = 1 << 20
  limits.totalBytes = 4 << 20
  limits.entries = 1000
  limits.cells = 50_000
  limits.strings = 50_000
  return limits
}()

/// Entries do not overlap, have the size that they claim, and are the same when they are packed again.
private func readEntries(_ bytes: [UInt8], _ options: ReadingOptions) {
  guard let archive = try? ZipArchive(bytes, limits: limits, options: options) else { return }
  var end = 0
  var writer = ZipWriter(.deflate)
  var contents: [(name: String, bytes: [UInt8])] = []
  for entry in archive.allEntries {
    precondition(entry.packed.lowerBound >= end, "entries overlap")
    precondition(entry.packed.upperBound <= bytes.count, "an entry leaves the file")
    end = entry.packed.upperBound
    guard let content = try? archive.bytes(of: entry) else { continue }
    precondition(content.count == entry.directory.size, "an entry is not as large as it says")
    contents.append((entry.name, content))
  }
  for (name, content) in contents { try! writer.add(name, content) }
  guard let packed = try? writer.finish(), let again = try? ZipArchive(packed, limits: limits)
  else { preconditionFailure("what was packed cannot be read") }
  for (name, content) in contents {
    guard let entry = again.entry(name), let bytes = try? again.bytes(of: entry) else {
      preconditionFailure("an entry is lost: \(name)")
    }
    precondition(bytes == content, "an entry is another one: \(name)")
  }
}

/// A workbook is read or refused with an error that has words, and is equal to itself.
private func readWorkbook(_ bytes: [UInt8], _ options: ReadingOptions) {
  do throws(WorkbookError) {
    let workbook = try Workbook(bytes: bytes, limits: limits, options: options)
    for index in workbook.sheets.indices where workbook.sheets[index].isWorksheet {
      guard let sheet = try? workbook.sheet(at: index) else { continue }
      for row in sheet.rows { for cell in row { _ = "\(cell)" } }
      _ = sheet.usedRange
    }
    let difference = try? WorkbookDifference(from: workbook, to: workbook)
    precondition(difference?.isEmpty ?? true, "a workbook differs from itself")
  } catch {
    precondition(!error.description.isEmpty)
  }
}
