import Foundation

/// Names one import, from the accepted upload to the stored report: a random UUID in lower case.
public struct OperationID: Hashable, Sendable, LosslessStringConvertible {
  /// The identifier as it stands in paths, in JSON and in log metadata.
  public let description: String

  /// Makes an identifier that no other operation has.
  public init() {
    description = UUID().uuidString.lowercased()
  }

  /// Reads an identifier from a path; any text is one, whether or not an operation has it.
  public init(_ description: String) {
    self.description = description
  }
}
