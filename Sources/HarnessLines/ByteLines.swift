import Foundation

/// The lines of a text as ranges of its bytes.
///
/// A line ends with a line feed, which is not part of it; what follows the last one is a line too.
struct ByteLines {
  let bytes: [UInt8]
  /// Where each line begins, and one past the end of the text and its missing line feed.
  let starts: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    let newline = UInt8(ascii: "\n")
    unsafe bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      var offset = 0
      // Safe: `memchr` reads from an offset within the buffer up to its end.
      while let found = unsafe memchr(base + offset, Int32(newline), buffer.count - offset) {
        offset = unsafe UnsafeRawPointer(found) - base + 1
        starts.append(offset)
      }
    }
    starts.append(bytes.count + 1)
    self.starts = starts
  }

  var count: Int { starts.count - 1 }

  subscript(index: Int) -> ArraySlice<UInt8> { bytes[range(of: index)] }

  func range(of index: Int) -> Range<Int> { starts[index]..<starts[index + 1] - 1 }
}

/// Numbers for lines, equal for lines with the same bytes.
struct LineNumbers {
  private(set) var old: [Int32] = []
  private(set) var new: [Int32] = []
  /// How many different lines there are.
  private(set) var distinct = 0

  init(_ old: ByteLines, _ new: ByteLines) {
    var table = LineTable(capacity: old.count + new.count)
    self.old = table.numbers(of: old)
    self.new = table.numbers(of: new)
    distinct = table.count
  }
}

/// A hash table of lines: the standard library's would copy each line and hash it byte by byte.
private struct LineTable {
  /// The number of a line plus one; 0 for a free place.
  private var slots: [Int32]
  private var hashes: [UInt64] = []
  private var lines: [(texts: Int, range: Range<Int>)] = []
  private var texts: [[UInt8]] = []
  private let mask: Int

  var count: Int { lines.count }

  init(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    mask = size - 1
  }

  mutating func numbers(of text: ByteLines) -> [Int32] {
    texts.append(text.bytes)
    var numbers: [Int32] = []
    numbers.reserveCapacity(text.count)
    // Safe: every range lies within its text, and the texts do not change.
    unsafe text.bytes.withUnsafeBytes { buffer in
      for index in 0..<text.count {
        unsafe numbers.append(number(of: text.range(of: index), in: buffer))
      }
    }
    return numbers
  }

  private mutating func number(
    of range: Range<Int>, in buffer: UnsafeRawBufferPointer
  ) -> Int32 {
    let line = unsafe UnsafeRawBufferPointer(rebasing: buffer[range])
    let hash = unsafe Self.hash(line)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot] - 1)
      if hashes[number] == hash, unsafe isLine(number, equalTo: line) { return Int32(number) }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(lines.count + 1)
    hashes.append(hash)
    lines.append((texts.count - 1, range))
    return Int32(lines.count - 1)
  }

  private func isLine(_ number: Int, equalTo line: UnsafeRawBufferPointer) -> Bool {
    let (text, range) = lines[number]
    guard range.count == line.count else { return false }
    guard let pointer = line.baseAddress, !range.isEmpty else { return true }
    return unsafe texts[text].withUnsafeBytes { other in
      guard let base = other.baseAddress else { return false }
      return unsafe memcmp(base + range.lowerBound, pointer, range.count) == 0
    }
  }

  /// Eight bytes at a time; what hashes alike is compared, so that no attack but a slow one is possible.
  private static func hash(_ line: UnsafeRawBufferPointer) -> UInt64 {
    var hash = seed ^ UInt64(line.count)
    var offset = 0
    while offset + 8 <= line.count {
      let word = unsafe line.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      hash = mix(hash ^ word)
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < line.count {
      rest = rest << 8 | UInt64(unsafe line[offset])
      offset += 1
    }
    return mix(hash ^ rest)
  }

  /// Another one in each process, so that no text can be made whose lines all hash alike.
  private static let seed = UInt64.random(in: 0...UInt64.max)

  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
