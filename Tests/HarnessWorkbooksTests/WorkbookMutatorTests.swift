import Foundation
import Testing

@testable import HarnessWorkbooks

@Suite struct `Nasty workbooks` {
  /// What refuses a form, where a careful reader refuses it.
  private static let refusals: [WorkbookMutator.Form: Set<WorkbookError.Kind>] = [
    .truncated: [.damagedArchive, .emptyFile, .notAWorkbook], .wrongCRC: [.damagedArchive],
    .lockedEntry: [.encrypted, .damagedArchive, .unsupported], .duplicateEntry: [.damagedArchive],
    .traversalName: [.damagedArchive], .doctype: [.damagedPart], .unclosedSheet: [.damagedPart],
    .cellBeyondGrid: [.badReference], .badSharedString: [.damagedCell], .badNumber: [.damagedCell],
    .missingSheetPart: [.missingPart], .deepNesting: [.limitExceeded],
    .manyAttributes: [.limitExceeded], .bomb: [.limitExceeded],
  ]

  @Test(arguments: NastySource.all)
  func `are what their form promises, or are told not to be`(source: NastySource) throws {
    let bytes = try source.bytes()
    let good = try Workbook(bytes: bytes)
    let mutator = try WorkbookMutator(bytes)
    for form in WorkbookMutator.Form.allCases {
      // Packing it takes longer than all others together.
      if form == .bomb, !source.name.hasPrefix("an image") { continue }
      for seed in 0..<2 as Range<UInt64> {
        let nasty: [UInt8]
        do throws(WorkbookError) {
          nasty = try mutator.mutated(form, seed: seed)
        } catch {
          #expect(error.kind == .inapplicable)
          #expect(
            error.reason.hasPrefix("the form \(form.rawValue) does not apply to the workbook: "))
          #expect(source.inapplicable.contains(form), "\(error)")
          continue
        }
        #expect(!source.inapplicable.contains(form), "\(form)")
        #expect(nasty != bytes)
        #expect(try nasty == mutator.mutated(form, seed: seed))
        #expect(try NastyCheck(form, bytes, nasty).problem() == nil, "\(form), seed \(seed)")
        read(nasty, form, good)
      }
    }
  }

  private func read(_ nasty: [UInt8], _ form: WorkbookMutator.Form, _ good: Workbook) {
    do throws(WorkbookError) {
      let workbook = try Workbook(bytes: nasty, name: "nasty.xlsx")
      for index in workbook.sheets.indices where workbook.sheets[index].isWorksheet {
        _ = try workbook.sheet(at: index)
      }
      #expect(form.outcome != .refused, "\(form)")
      if form.outcome == .same {
        #expect(try WorkbookDifference(from: good, to: workbook).description == "", "\(form)")
      }
    } catch {
      #expect(form.outcome != .same, "\(form): \(error)")
      if let kinds = Self.refusals[form] {
        #expect(kinds.contains(error.kind), "\(form): \(error.kind), \(error)")
      }
      #expect(!error.reason.isEmpty)
      #expect(error.file == "nasty.xlsx")
    }
  }

  @Test func `have a refusal for each form that is refused`() {
    let refused = WorkbookMutator.Form.allCases.filter { $0.outcome == .refused }
    #expect(Set(refused) == Set(Self.refusals.keys))
  }

  @Test func `are listed where they apply`() throws {
    let empty = RawWorkbook(rows: "")
    let forms = try WorkbookMutator(empty.bytes()).forms()
    let missing = WorkbookMutator.Form.allCases.filter { !forms.contains($0) }
    #expect(missing == [.stored, .withoutReferences, .cdata, .comments, .instructions])
    let error = #expect(throws: WorkbookError.self) {
      try WorkbookMutator(empty.bytes()).mutated(.cdata)
    }
    #expect(
      error?.description == """
        the form cdata does not apply to the workbook: \
        no sheet has a value outside of a CDATA section
        """)
  }

  @Test func `do not apply to sheets in an encoding that is not known`() throws {
    var raw = RawWorkbook(rows: "<row><c t=\"str\"><v>x</v></c></row>")
    let text = raw["xl/worksheets/sheet1.xml"].replacing("x</v>", with: "\u{E9}</v>")
    raw.parts.removeAll { $0.name == "xl/worksheets/sheet1.xml" }
    let declared = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + text
    let bytes = try raw.bytes(
      adding: "xl/worksheets/sheet1.xml", declared.unicodeScalars.map { UInt8($0.value) })
    let error = #expect(throws: WorkbookError.self) {
      try WorkbookMutator(bytes).mutated(.comments)
    }
    #expect(
      error?.description == """
        the form comments does not apply to the workbook: \
        xl/worksheets/sheet1.xml is in an encoding that is not known here
        """)
    #expect(try WorkbookMutator(bytes).mutated(.capitalNames) != bytes)
  }

  @Test func `are made of good ones alone`() throws {
    #expect(throws: WorkbookError.self) { try WorkbookMutator([1, 2, 3]) }
    let damaged = try RawWorkbook(rows: "<row><c><v>1.2.3</v></c></row>").bytes()
    #expect(throws: WorkbookError.self) { try WorkbookMutator(damaged) }
  }
}
