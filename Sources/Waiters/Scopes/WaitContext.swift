/// What a wait inherits from the code around it.
struct WaitContext: Sendable {
  /// The tightest deadline of the scopes around it.
  var deadline: Deadline?
  /// Who is told of what comes too late.
  var scope: WaitScope?
  /// The limit of the test around it.
  var hang: HangScope?
  /// Whether a fence waits here, which tells of a failed wait itself, once.
  var isFence = false
  /// Who is told of the waits of an operation that is cancelled on purpose.
  var lab: CancellationLab?

  @TaskLocal static var current = WaitContext()
}

/// Runs `body` with a deadline; the outermost of these scopes tells at its end what came too late.
func withWaitContext<R>(
  deadline: Deadline?, _ body: () async throws -> R
) async throws -> R {
  var context = WaitContext.current
  context.deadline = Deadline.tighter(deadline, context.deadline)
  guard context.scope == nil else {
    return try await WaitContext.$current.withValue(context, operation: body)
  }
  let scope = WaitScope()
  context.scope = scope
  defer { scope.close() }
  return try await WaitContext.$current.withValue(context, operation: body)
}
