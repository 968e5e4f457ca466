import Foundation

/// Names one stored report: a random UUID in lower case.
public struct ReportID: Hashable, Sendable, LosslessStringConvertible {
  /// The identifier as it stands in paths and in JSON.
  public let description: String

  /// Makes an identifier that no other report has.
  public init() {
    description = UUID().uuidString.lowercased()
  }

  /// Reads an identifier from a path; any text is one, whether or not a report has it.
  public init(_ description: String) {
    self.description = description
  }
}

extension ReportID: Encodable {
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
