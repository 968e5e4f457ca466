public import TestHarness

/// A message about the progress of an operation, as a client reads it.
public struct Progress: Decodable, Sendable {
  /// The steps of an import.
  public enum Stage: String, Decodable, Sendable, CustomStringConvertible {
    case validation, transformation, storage

    /// The stage as the service writes it.
    public var description: String { rawValue }
  }

  /// How an operation ended.
  public enum Status: String, Decodable, Sendable {
    case completed, failed
  }

  /// Why an operation failed; the members that the suites look at.
  public struct Problem: Decodable, Sendable {
    public let type: String
    public let status: Int
    public let errors: [CellError]?
  }

  /// A cell that was refused.
  public struct CellError: Decodable, Sendable {
    public let detail: String
    public let pointer: String
  }

  public let operation: String
  public let sequence: Int
  public let stage: Stage?
  public let percent: Int?
  public let status: Status?
  public let reportId: String?
  public let problem: Problem?

  /// Whether the operation is over.
  public var isTerminal: Bool { status != nil }

  /// What an operation tells, from its first message to its last.
  public static let flow = WSFlow(
    Progress.self, stage: { $0.stage?.rawValue ?? $0.status?.rawValue },
    [
      .once("validation"), .once("transformation"), .once("storage"), .end("completed"),
      .abort("failed"),
    ]
  )
  .percent { $0.percent.map(Double.init) }
  .numbered(\.sequence)
}

extension [Progress] {
  /// The stages in the order in which they were told.
  public var stages: [Progress.Stage] { compactMap(\.stage) }

  /// The numbers of the messages.
  public var sequence: [Int] { map(\.sequence) }
}
