/// How two workbooks differ in meaning: sheets, their kind, order and visibility, cells, formulas, merged ranges.
///
/// Values count, not how a file writes them: a shared and an inline text are the same, and so is a day counted from
/// 1900 or from 1904. Number formats count only where they make another value of a number. Names and texts count by their
/// bytes: two forms of one letter are two. What the runs of a rich text look like, tables, links, comments and defined
/// names are not compared.
public struct WorkbookDifference: Sendable, Hashable {
  /// One place in which they differ.
  public struct Finding: Sendable, Hashable {
    /// What differs.
    public enum Subject: Sendable, Hashable {
      /// A sheet is there in one of them only.
      case sheet
      /// The place of a sheet, counted from 1, where it stands before a sheet in one workbook and behind it in the other.
      ///
      /// As few sheets as possible are told to have moved; one that only makes room for another sheet has not.
      case place
      /// What the sheet is: one with cells, a chart, a dialog or macros.
      case kind
      /// Whether a user sees the sheet.
      case visibility
      /// The value of a cell.
      case value(CellReference)
      /// The formula of a cell.
      case formula(CellReference)
      /// A merged range is there in one of them only.
      case merge(CellRange)
    }

    /// The name of the sheet.
    public let sheet: String
    /// What differs.
    public let subject: Subject
    /// What the first workbook has, as a message shows it; nil when it has nothing.
    public let from: String?
    /// What the second workbook has; nil when it has nothing.
    public let to: String?
  }

  /// The differences in the order of the first workbook's sheets and of their cells, at most as many as asked for.
  public private(set) var findings: [Finding] = []
  /// How many differences there are.
  public private(set) var count = 0

  private let limit: Int

  /// Compares two workbooks.
  ///
  /// `limit`: how many findings are kept.
  /// - Throws: What reading a sheet throws.
  public init(
    from one: Workbook, to other: Workbook, limit: Int = 1000
  ) throws(WorkbookError) {
    self.limit = limit
    let match = SheetMatch(one.sheets.map(\.name), other.sheets.map(\.name))
    for (place, info) in one.sheets.enumerated() {
      guard let otherPlace = match.partners[place] else {
        add(info.name, .sheet, "there", nil)
        continue
      }
      if match.moved.contains(place) {
        add(info.name, .place, "\(place + 1)", "\(otherPlace + 1)")
      }
      let otherInfo = other.sheets[otherPlace]
      if info.kind != otherInfo.kind {
        add(info.name, .kind, "\(info.kind)", "\(otherInfo.kind)")
      }
      if info.visibility != otherInfo.visibility {
        add(info.name, .visibility, "\(info.visibility)", "\(otherInfo.visibility)")
      }
      guard info.isWorksheet, otherInfo.isWorksheet else { continue }
      compare(try one.sheet(at: place), try other.sheet(at: otherPlace))
    }
    for place in match.added { add(other.sheets[place].name, .sheet, nil, "there") }
  }

  /// Whether the workbooks mean the same.
  public var isEmpty: Bool { count == 0 }

  private mutating func add(
    _ sheet: String, _ subject: Finding.Subject, _ from: String?, _ to: String?
  ) {
    count += 1
    if findings.count < limit {
      findings.append(Finding(sheet: sheet, subject: subject, from: from, to: to))
    }
  }

  /// Goes through the cells of both sheets at once, in their order.
  private mutating func compare(_ one: Sheet, _ other: Sheet) {
    let (left, right) = (one.storage.store, other.storage.store)
    var (leftIndex, rightIndex) = (0, 0)
    while leftIndex < left.count || rightIndex < right.count {
      let leftPlace = leftIndex < left.count ? left.cells[leftIndex].reference : nil
      let rightPlace = rightIndex < right.count ? right.cells[rightIndex].reference : nil
      let place = [leftPlace, rightPlace].compactMap { $0 }.min()!
      compare(one[place], other[place], on: one.name)
      if leftPlace == place { leftIndex += 1 }
      if rightPlace == place { rightIndex += 1 }
    }
    let (merges, otherMerges) = (Set(one.merges), Set(other.merges))
    for merge in one.merges where !otherMerges.contains(merge) {
      add(one.name, .merge(merge), "merged", nil)
    }
    for merge in other.merges where !merges.contains(merge) {
      add(one.name, .merge(merge), nil, "merged")
    }
  }

  private mutating func compare(_ one: Cell, _ other: Cell, on sheet: String) {
    if !one.value.means(other.value) {
      let shown = ShownPair(one.value, other.value)
      add(sheet, .value(one.reference), shown.from, shown.to)
    }
    let (formula, otherFormula) = (one.expandedFormula, other.expandedFormula)
    switch (formula, otherFormula) {
    case (nil, nil): return
    case (let formula?, let otherFormula?) where formula.utf8.elementsEqual(otherFormula.utf8):
      return
    default:
      let shown = ShownPair(formula: formula, otherFormula)
      add(sheet, .formula(one.reference), shown.from, shown.to)
    }
  }
}

extension CellValue {
  /// Whether two values are the same, texts byte by byte.
  fileprivate func means(_ other: CellValue) -> Bool {
    switch (self, other) {
    case (.text(let text), .text(let other)): text.utf8.elementsEqual(other.utf8)
    case (.error(let error), .error(let other)): error.code.utf8.elementsEqual(other.code.utf8)
    default: self == other
    }
  }
}

extension WorkbookDifference: CustomStringConvertible {
  /// Every finding on lines of its own, and how many more there are.
  public var description: String {
    var lines = findings.map(\.description)
    if count > findings.count { lines.append("… and \(count - findings.count) more") }
    return lines.joined(separator: "\n")
  }
}

extension WorkbookDifference.Finding: CustomStringConvertible {
  /// The place, then both values under each other.
  public var description: String {
    "\(place)\n  from  \(from ?? "nothing")\n  to    \(to ?? "nothing")"
  }

  /// The place, such as `Prices!B2`.
  public var place: String {
    switch subject {
    case .sheet: "sheet \(shown(sheet))"
    case .place: "sheet \(shown(sheet)), its place"
    case .kind: "sheet \(shown(sheet)), its kind"
    case .visibility: "sheet \(shown(sheet)), its visibility"
    case .value(let reference): "\(visible(sheet))!\(reference)"
    case .formula(let reference): "\(visible(sheet))!\(reference), its formula"
    case .merge(let range): "\(visible(sheet))!\(range)"
    }
  }
}
