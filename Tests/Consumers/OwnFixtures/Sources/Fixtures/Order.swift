/// The fixture of a project that had a module of this name before it knew the harness.
public struct Order: Sendable {
  public let item = "tea"
  public init() {}
}
