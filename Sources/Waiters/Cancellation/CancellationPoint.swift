import HarnessReporting

/// A place that an operation comes to, and where it can be cancelled: a point of a ``CancellationLab``,
/// or a gate.
public struct CancellationPoint: Sendable {
  /// What it is called: the name that the point was given, or `Gate "before the commit"`.
  public let name: String
  /// The line of the point.
  let site: CallSite
  /// Whether the name is a title such as `Gate "before the commit"`.
  var isTitle = false
}

extension CancellationPoint: CustomStringConvertible {
  /// The name and the line, such as `"begun" Store.swift:12`.
  public var description: String {
    // The title of a gate has its name in quotation marks already.
    "\(isTitle ? shown(name[...], cutAt: 40) : shown(name, cutAt: 40)) \(site)"
  }
}
