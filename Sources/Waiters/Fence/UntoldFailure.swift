import HarnessReporting

/// What a failed wait throws inside of something that tells of it itself, once: a fence, at the line that uses the
/// fence; a lab, as the ending of its operation.
struct UntoldFailure: Error, CustomStringConvertible {
  let failure: Failure

  /// The first line, with the place of the wait.
  var description: String {
    "\(failure.message.prefix { $0 != "\n" }) at \(failure.site)"
  }
}
