/// A name that a workbook gives to cells or to a formula.
public struct DefinedName: Sendable, Hashable {
  /// The name.
  public let name: String
  /// What it stands for, such as `Sheet1!$A$2:$A$7`, as the file has it.
  public let formula: String
  /// The sheet that the name belongs to; nil when it holds in the whole workbook.
  public let sheet: String?
}
