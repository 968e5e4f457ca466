/// The names in the directory of an OLE compound file: enough to tell an .xls from a locked workbook.
///
/// Source: MS-CFB, sections 2.2, 2.3 and 2.6.
struct OLEDirectory {
  static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  /// The names, as far as the file holds them.
  let names: Set<String>

  private static let entrySize = 128
  private static let headerSectors = 109
  // A real directory has a few dozen entries; a loop in the chain must end.
  private static let mostSectors = 1024

  init(_ file: ByteReader) {
    var names: Set<String> = []
    guard let shift = file.uint16(at: 30), 7...16 ~= shift, var sector = file.uint32(at: 48) else {
      self.names = []
      return
    }
    let size = 1 << shift
    for _ in 0..<Self.mostSectors {
      let start = (sector + 1) * size
      guard start + size <= file.bytes.count else { break }
      for entry in stride(from: start, to: start + size, by: Self.entrySize) {
        if let name = Self.name(file, at: entry) { names.insert(name) }
      }
      guard let next = Self.sector(after: sector, in: file, size: size) else { break }
      sector = next
    }
    self.names = names
  }

  private static func name(_ file: ByteReader, at entry: Int) -> String? {
    guard let length = file.uint16(at: entry + 64), 4...64 ~= length else { return nil }
    let units = stride(from: entry, to: entry + length - 2, by: 2).compactMap(file.uint16(at:))
    return String(decoding: units.map { UInt16($0) }, as: UTF16.self)
  }

  /// The sector that follows in its chain, for chains in the tables that the header itself names.
  private static func sector(after sector: Int, in file: ByteReader, size: Int) -> Int? {
    let perTable = size / 4
    let table = sector / perTable
    guard table < headerSectors, let tableSector = file.uint32(at: 76 + table * 4) else {
      return nil
    }
    return file.uint32(at: (tableSector + 1) * size + sector % perTable * 4)
  }
}
