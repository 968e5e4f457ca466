/// Whether a user sees a sheet.
public enum SheetVisibility: Sendable, Hashable {
  /// It has a tab.
  case visible
  /// It has no tab, and a user can bring it back.
  case hidden
  /// Only a program can bring it back.
  case veryHidden
}
