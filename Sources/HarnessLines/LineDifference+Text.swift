import HarnessJSON

extension LineDifference {
  /// Hunks with three lines around each change: `-` is the golden file, `+` the actual text.
  ///
  /// Long lines are cut around what changed in them.
  package func text(maximumLines: Int = .max, cutsLines: Bool = true) -> String {
    var writer = HunkWriter(self, maximumLines: maximumLines, cutsLines: cutsLines)
    return writer.write()
  }
}

extension LineDifference: CustomStringConvertible {
  /// All hunks, with long lines cut.
  package var description: String { text() }
}

/// Writes the hunks of a difference.
private struct HunkWriter {
  private let difference: LineDifference
  private let maximumLines: Int
  private let cutsLines: Bool
  private var lines: [String] = []
  private let context = 3

  init(_ difference: LineDifference, maximumLines: Int, cutsLines: Bool) {
    self.difference = difference
    self.maximumLines = maximumLines
    self.cutsLines = cutsLines
  }

  private var isFull: Bool { lines.count >= maximumLines }

  /// Notes first: the end of a long difference is cut off.
  mutating func write() -> String {
    lines = difference.notes.map { "note      \($0)" }
    // The line of the golden file up to which everything is written.
    var written = 0
    for (index, change) in difference.changes.enumerated() {
      if isFull { break }
      let start = max(written, change.old.lowerBound - context)
      if start > written || index == 0 {
        lines.append("line \(start + 1) of \(difference.names.golden):")
      }
      for line in start..<change.old.lowerBound { lines.append("    \(plain(line))") }
      write(change)
      let next =
        index + 1 < difference.changes.count
        ? difference.changes[index + 1].old.lowerBound : difference.old.count
      written = min(change.old.upperBound + context, next)
      for line in change.old.upperBound..<written { lines.append("    \(plain(line))") }
    }
    return lines.joined(separator: "\n")
  }

  private func plain(_ line: Int) -> String {
    shown(difference.old[line], limit: 240)
  }

  private mutating func write(_ change: LineDifference.Change) {
    let isPaired = change.old.count == change.new.count
    for (number, line) in change.old.enumerated() {
      if isFull { return }
      let other = isPaired ? difference.new[change.new.lowerBound + number] : nil
      write("-", difference.old[line], besides: other)
    }
    for (number, line) in change.new.enumerated() {
      if isFull { return }
      let other = isPaired ? difference.old[change.old.lowerBound + number] : nil
      write("+", difference.new[line], besides: other)
    }
  }

  /// A changed line, and below it a mark for what is not in its counterpart.
  private mutating func write(
    _ sign: String, _ line: ArraySlice<UInt8>, besides other: ArraySlice<UInt8>?
  ) {
    let parts = LineParts(line, besides: other)
    let head = shown(parts.head, limit: 60, keepsEnd: true)
    var changed = shown(parts.changed, limit: 240)
    var tail = shown(parts.tail, limit: 120)
    if tail.isEmpty {
      changed = changed.withLastSpacesShown
    } else {
      tail = tail.withLastSpacesShown
    }
    lines.append("  \(sign) \(head)\(changed)\(tail)")
    // Nobody looks for a mark thousands of columns away.
    guard other != nil, !parts.changed.isEmpty, !parts.head.isEmpty || !parts.tail.isEmpty,
      head.utf8.count < 4_096, changed.utf8.count < 4_096
    else { return }
    lines.append(
      "    " + String(repeating: " ", count: head.unicodeScalars.count)
        + String(repeating: "^", count: changed.unicodeScalars.count))
  }

  /// A part of a line, cut where lines are to be cut, with a count of what was left out.
  private func shown(_ bytes: ArraySlice<UInt8>, limit: Int, keepsEnd: Bool = false) -> String {
    guard cutsLines, bytes.count > limit else { return shown(bytes) }
    // Not in the middle of a scalar: continuation bytes are 0b10xxxxxx.
    if keepsEnd {
      let kept = bytes.suffix(limit).drop { $0 & 0xC0 == 0x80 }
      return "(\(bytes.count - kept.count) bytes) …\(shown(kept))"
    }
    var kept = bytes.prefix(limit)
    while bytes[kept.endIndex] & 0xC0 == 0x80, !kept.isEmpty { kept.removeLast() }
    return "\(shown(kept))… (+\(bytes.count - kept.count) bytes)"
  }

  private func shown(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    // Most lines have nothing that cannot be seen.
    return bytes.allSatisfy { (0x20...0x7E).contains($0) } ? text : text.withInvisiblesShown
  }
}

/// A line in three parts: what it has in common with its counterpart at both ends, and what lies between.
private struct LineParts {
  let head: ArraySlice<UInt8>
  let changed: ArraySlice<UInt8>
  let tail: ArraySlice<UInt8>

  init(_ line: ArraySlice<UInt8>, besides other: ArraySlice<UInt8>?) {
    guard let other else {
      (head, changed, tail) = (line.prefix(0), line, line.suffix(0))
      return
    }
    var (first, last) = Self.commonEnds(line, other)
    // A scalar is not cut in two: continuation bytes are 0b10xxxxxx.
    while first > 0, Self.isInside(line, first) || Self.isInside(other, first) { first -= 1 }
    while last > 0, Self.isInside(line, line.count - last) { last -= 1 }
    head = line.prefix(first)
    changed = line.dropFirst(first).dropLast(last)
    tail = line.suffix(last)
  }

  /// How many bytes two lines have in common at their starts and, of the rest, at their ends.
  private static func commonEnds(
    _ line: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>
  ) -> (first: Int, last: Int) {
    // Safe: all offsets are below the smaller of both counts.
    unsafe line.withUnsafeBytes { line in
      unsafe other.withUnsafeBytes { other in
        let shorter = min(line.count, other.count)
        var first = 0
        while first + 8 <= shorter,
          unsafe line.loadUnaligned(fromByteOffset: first, as: UInt64.self)
            == other.loadUnaligned(fromByteOffset: first, as: UInt64.self)
        { first += 8 }
        while first < shorter, unsafe line[first] == other[first] { first += 1 }
        var last = 0
        while last + 8 <= shorter - first,
          unsafe line.loadUnaligned(fromByteOffset: line.count - last - 8, as: UInt64.self)
            == other.loadUnaligned(fromByteOffset: other.count - last - 8, as: UInt64.self)
        { last += 8 }
        while last < shorter - first,
          unsafe line[line.count - last - 1] == other[other.count - last - 1]
        { last += 1 }
        return (first, last)
      }
    }
  }

  private static func isInside(_ line: ArraySlice<UInt8>, _ offset: Int) -> Bool {
    offset < line.count && line[line.startIndex + offset] & 0xC0 == 0x80
  }
}

extension String {
  /// Spaces at the end of a changed line cannot be seen, and are often all that changed.
  fileprivate var withLastSpacesShown: String {
    let spaces = unicodeScalars.reversed().prefix { $0 == " " }.count
    return spaces == 0
      ? self : dropLast(spaces) + String(repeating: "\\u{0020}", count: spaces)
  }
}
