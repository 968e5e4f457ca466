import HarnessJSON

/// The lines in which two texts differ, with the lines around them.
package struct LineDifference {
  /// What the two texts are called.
  package struct Names: Sendable {
    let golden: String
    let actual: String

    package static let text = Names(golden: "the golden file", actual: "the text")
    package static let dump = Names(golden: "the hex dump", actual: "the new one")
  }

  /// Lines that were replaced by others; one of the ranges may be empty.
  package struct Change: Equatable, Sendable {
    package var old: Range<Int>
    package var new: Range<Int>
  }

  let old: ByteLines
  let new: ByteLines
  package let changes: [Change]
  let notes: [String]
  let names: Names

  /// Compares two texts.
  package init(from golden: [UInt8], to actual: [UInt8], names: Names = .text) {
    old = ByteLines(golden)
    new = ByteLines(actual)
    self.names = names
    let numbers = LineNumbers(old, new)
    let alignment = LineAlignment(numbers.old, numbers.new, distinct: numbers.distinct)
    var changes: [Change] = []
    var (left, right) = (0, 0)
    let end = LineAlignment.Run(old: old.count, new: new.count, count: 0)
    for run in alignment.runs + [end] {
      if run.old > left || run.new > right {
        changes.append(Change(old: left..<run.old, new: right..<run.new))
      }
      (left, right) = (run.old + run.count, run.new + run.count)
    }
    self.changes = changes
    notes = Self.notes(golden, actual, names, isCoarse: alignment.isCoarse)
  }

  /// Compares two texts.
  package init(from golden: String, to actual: String) {
    self.init(from: Array(golden.utf8), to: Array(actual.utf8))
  }

  private static func notes(
    _ golden: [UInt8], _ actual: [UInt8], _ names: Names, isCoarse: Bool
  ) -> [String] {
    var notes: [String] = []
    if isCoarse {
      notes.append("parts of the two have so little in common that they are shown as replaced")
    }
    let newline = UInt8(ascii: "\n")
    if golden.last == newline, actual.last != newline {
      notes.append("\(names.golden) ends with a line feed, \(names.actual) does not")
    } else if golden.last != newline, actual.last == newline {
      notes.append("\(names.actual) ends with a line feed, \(names.golden) does not")
    }
    if golden.starts(with: [0xEF, 0xBB, 0xBF]), !actual.starts(with: [0xEF, 0xBB, 0xBF]) {
      notes.append("\(names.golden) begins with a byte-order mark, as some editors write it")
    }
    // What follows reads every byte, which nobody waits for in a text of that size.
    guard golden.count + actual.count < 8 << 20 else { return notes }
    let carriageReturn = UInt8(ascii: "\r")
    if golden.contains(carriageReturn) || actual.contains(carriageReturn),
      golden.lazy.filter({ $0 != carriageReturn })
        .elementsEqual(actual.lazy.filter { $0 != carriageReturn })
    {
      notes.append(
        "only carriage returns differ, as after a checkout that changes line endings: write "
          + "\"**/Goldens/** -text\" into .gitattributes")
    } else if String(decoding: golden, as: UTF8.self) == String(decoding: actual, as: UTF8.self) {
      notes.append("only the Unicode normalisation differs")
    }
    return notes
  }
}
