extension WorkbookMutator {
  /// A nasty form of a workbook.
  ///
  /// A form of the sheets changes each worksheet that has something to change; the other parts stay as they are.
  public enum Form: String, Sendable, Hashable, CaseIterable {
    /// No entry is packed.
    case stored
    /// The parts come in another order.
    case reorderedParts
    /// The names of parts are in capitals, the references to them are not.
    case capitalNames
    /// The names of parts have backslashes.
    case backslashNames
    /// The targets of relationships in the package begin at its root.
    case absoluteTargets
    /// Sheets are in UTF-16, with a byte order mark.
    case utf16
    /// Every element of the sheets that is in a namespace has a prefix.
    case prefixed
    /// Sheets and workbook are in the namespaces of the strict form.
    case strict
    /// Rows and cells have no references.
    case withoutReferences
    /// The sheets claim another used range than they have, or one that is none.
    case lyingDimension
    /// The values of cells (`v`) stand in CDATA sections.
    case cdata
    /// Comments stand before and within the values of cells (`v`).
    case comments
    /// A processing instruction stands before each row.
    case instructions

    /// The file ends too soon.
    case truncated
    /// The CRC of the entries is wrong.
    case wrongCRC
    /// The entries say that they are locked with a password.
    case lockedEntry
    /// Two entries have one name.
    case duplicateEntry
    /// An entry has a name that leads out of the archive.
    case traversalName
    /// The sheets have a document type declaration with an entity.
    case doctype
    /// The sheets end within their data.
    case unclosedSheet
    /// The sheets have a cell behind the last column.
    case cellBeyondGrid
    /// The sheets have a cell that refers to a shared string that is not there.
    case badSharedString
    /// The sheets have a cell whose number is none.
    case badNumber
    /// The parts of the sheets are missing.
    case missingSheetPart
    /// The sheets have elements that are nested a thousand deep.
    case deepNesting
    /// The sheets have an element with thousands of attributes.
    case manyAttributes
    /// There is one more part, which inflates to a thousand times its packed size.
    case bomb

    /// Some bytes of the file are changed.
    case randomBytes
    /// Some bytes of a part are changed, and the archive is sound.
    case randomPartBytes
  }

  /// What a careful reader makes of a workbook in a form.
  public enum Outcome: Sendable, Hashable {
    /// The same as of the good one.
    case same
    /// It refuses the file, in bounded time and memory.
    case refused
    /// It depends on the place; but the reader neither crashes nor hangs.
    case either
  }
}

extension WorkbookMutator.Form {
  /// What a careful reader makes of it.
  public var outcome: WorkbookMutator.Outcome {
    switch self {
    case .stored, .reorderedParts, .capitalNames, .backslashNames, .absoluteTargets, .utf16,
      .prefixed, .strict, .lyingDimension, .cdata, .comments, .instructions:
      .same
    // Without references a gap between cells is lost.
    case .withoutReferences, .randomBytes, .randomPartBytes: .either
    case .truncated, .wrongCRC, .lockedEntry, .duplicateEntry, .traversalName, .doctype,
      .unclosedSheet, .cellBeyondGrid, .badSharedString, .badNumber, .missingSheetPart,
      .deepNesting, .manyAttributes, .bomb:
      .refused
    }
  }
}
