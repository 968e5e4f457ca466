import HarnessJSON

/// The lines in which two texts differ, with the lines around them.
struct LineDifference: CustomStringConvertible {
  enum Change: Equatable {
    case same(Substring)
    case removed(Substring)
    case added(Substring)
  }

  let changes: [Change]
  private let notes: [String]

  init(from golden: String, to actual: String) {
    let carriageReturn = UInt8(ascii: "\r")
    let areAligned: Bool
    (changes, areAligned) = Self.changes(Self.lines(golden), Self.lines(actual))
    var notes: [String] = []
    if !areAligned {
      notes.append(
        """
        more than \(ShortestEdit.maximumEdits) lines differ: all between the first and the last of them \
        are shown as replaced
        """)
    }
    if golden.utf8.last == UInt8(ascii: "\n"), actual.utf8.last != UInt8(ascii: "\n") {
      notes.append("the golden file ends with a line feed, the text does not")
    } else if golden.utf8.last != UInt8(ascii: "\n"), actual.utf8.last == UInt8(ascii: "\n") {
      notes.append("the text ends with a line feed, the golden file does not")
    }
    if golden.utf8.lazy.filter({ $0 != carriageReturn })
      .elementsEqual(actual.utf8.lazy.filter { $0 != carriageReturn })
    {
      notes.append("only carriage returns differ, as after a checkout that changes line endings")
    } else if golden == actual {
      notes.append("only the Unicode normalisation differs")
    }
    self.notes = notes
  }

  /// The lines by scalars: as characters, a carriage return and a line feed are one.
  private static func lines(_ text: String) -> [Substring] {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map(Substring.init)
  }

  /// Hunks with three lines around each change: `-` is the golden file, `+` the actual text.
  var description: String {
    let context = 3
    let near = Set(
      changes.indices.filter { changes[$0].isChange }.flatMap { ($0 - context)...($0 + context) })
    var lines: [String] = []
    var number = 1
    var wasShown = false
    for (index, change) in changes.enumerated() {
      let isShown = near.contains(index)
      if isShown, !wasShown { lines.append("line \(number) of the golden file:") }
      if isShown { lines.append(change.text) }
      wasShown = isShown
      if !change.isAddition { number += 1 }
    }
    // Notes first: the end of a long difference is cut off.
    return (notes.map { "note      \($0)" } + lines).joined(separator: "\n")
  }

  /// The changes, and whether what lies between the first and the last of them could be aligned.
  private static func changes(
    _ old: [Substring], _ new: [Substring]
  ) -> (changes: [Change], areAligned: Bool) {
    let ids = LineIDs(old, new)
    var prefix = 0
    while prefix < min(old.count, new.count), ids.old[prefix] == ids.new[prefix] { prefix += 1 }
    var suffix = 0
    while suffix < min(old.count, new.count) - prefix,
      ids.old[old.count - 1 - suffix] == ids.new[new.count - 1 - suffix]
    { suffix += 1 }
    let oldMiddle = prefix..<(old.count - suffix)
    let newMiddle = prefix..<(new.count - suffix)
    let pairs = ShortestEdit.commonPairs(ids.old[oldMiddle], ids.new[newMiddle])

    var changes = old[..<prefix].map(Change.same)
    var (left, right) = (prefix, prefix)
    for (oldIndex, newIndex) in (pairs ?? []) + [(oldMiddle.upperBound, newMiddle.upperBound)] {
      changes += old[left..<oldIndex].map(Change.removed)
      changes += new[right..<newIndex].map(Change.added)
      if oldIndex < oldMiddle.upperBound { changes.append(.same(old[oldIndex])) }
      (left, right) = (oldIndex + 1, newIndex + 1)
    }
    return (changes + old[oldMiddle.upperBound...].map(Change.same), pairs != nil)
  }
}

extension LineDifference.Change {
  fileprivate var isChange: Bool {
    if case .same = self { false } else { true }
  }

  fileprivate var isAddition: Bool {
    if case .added = self { true } else { false }
  }

  /// The line with its mark, cut, with invisible characters shown.
  fileprivate var text: String {
    switch self {
    case .same(let line): "    \(String(line).cut(to: 240).withInvisiblesShown)"
    case .removed(let line): "  - \(shown(line))"
    case .added(let line): "  + \(shown(line))"
    }
  }

  /// A changed line; spaces at its end cannot be seen, and are often all that changed.
  private func shown(_ line: Substring) -> String {
    let text = String(line).cut(to: 240).withInvisiblesShown
    let spaces = text.unicodeScalars.reversed().prefix { $0 == " " }.count
    return text.dropLast(spaces) + String(repeating: "\\u{0020}", count: spaces)
  }
}

/// Numbers for lines, equal for lines with the same bytes.
private struct LineIDs {
  var old: [Int] = []
  var new: [Int] = []

  init(_ old: [Substring], _ new: [Substring]) {
    var ids: [ByteString: Int] = [:]
    func id(_ line: Substring) -> Int {
      let key = ByteString(String(line))
      if let id = ids[key] { return id }
      ids[key] = ids.count
      return ids.count - 1
    }
    self.old = old.map(id)
    self.new = new.map(id)
  }
}
