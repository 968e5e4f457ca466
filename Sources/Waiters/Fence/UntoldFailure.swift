import HarnessReporting

/// What a failed wait inside of a fence throws: the fence tells of it, once, at the line that uses the fence.
struct UntoldFailure: Error, CustomStringConvertible {
  let failure: Failure

  var description: String { failure.message }
}
