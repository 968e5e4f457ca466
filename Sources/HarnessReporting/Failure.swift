/// One failure of a test: what a reader needs to know, and where the test asked.
public struct Failure: Sendable {
  /// The complete text: what differed, then the evidence, then what to try.
  public let message: String
  /// The line of the test that the failure is shown at.
  public let site: CallSite
  /// What goes along with the message.
  public let evidence: [Evidence]

  /// Describes a failure.
  public init(_ message: String, at site: CallSite, evidence: [Evidence] = []) {
    self.message = message
    self.site = site
    self.evidence = evidence
  }
}
