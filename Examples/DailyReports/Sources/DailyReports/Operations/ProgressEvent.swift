/// One message about the progress of an operation.
public struct ProgressEvent: Sendable, Equatable {
  /// The steps of an import, in their order.
  public enum Stage: String, Sendable, CaseIterable {
    /// The workbook is opened and every cell that matters is checked.
    case validation
    /// Totals, averages and movers are computed.
    case transformation
    /// The report is stored.
    case storage
  }

  /// What the message says.
  public enum News: Sendable, Equatable {
    /// A stage begins; so much of the whole is done.
    case entered(Stage, percent: Int)
    /// The operation is over, and this is its report.
    case completed(ReportID)
    /// The operation is over without a report.
    case failed(ProblemDocument)
  }

  /// The operation that the message is about.
  public var operation: OperationID
  /// The place of the message among those of its operation: 1, 2, 3 and so on.
  public var sequence: Int
  /// What the message says.
  public var news: News

  /// True for the last message of an operation.
  public var isTerminal: Bool {
    switch news {
    case .entered: false
    case .completed, .failed: true
    }
  }
}

extension ProgressEvent: Encodable {
  private enum Key: String, CodingKey {
    case operation, sequence, stage, percent, status, reportId, problem
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(operation.description, forKey: .operation)
    try container.encode(sequence, forKey: .sequence)
    switch news {
    case .entered(let stage, let percent):
      try container.encode(stage.rawValue, forKey: .stage)
      try container.encode(percent, forKey: .percent)
    case .completed(let report):
      try container.encode("completed", forKey: .status)
      try container.encode(report, forKey: .reportId)
    case .failed(let problem):
      try container.encode("failed", forKey: .status)
      try container.encode(problem, forKey: .problem)
    }
  }
}
