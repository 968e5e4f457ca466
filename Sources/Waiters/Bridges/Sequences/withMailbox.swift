import HarnessReporting

/// Puts what an asynchronous sequence gives into a mailbox while `body` runs.
///
/// ```swift
/// try await withMailbox("progress", of: client.progress) { progress in
///   client.start()
///   let half = try await progress.first { $0.percent >= 50 }
///   …
/// }
/// ```
///
/// A wait that fails takes nothing and ends nothing, other than one that reads an `AsyncStream` itself: a
/// cancelled `next()` ends the stream for good. The end of the sequence closes the mailbox, and its error
/// closes it with that error; what was sent before can still be taken.
///
/// The sequence is read by a task of this scope. When `body` has returned or thrown, the task is cancelled, and
/// the scope waits until it has ended. A sequence that does not end for that fails the test after 10 s,
/// at the caller's line, instead of hanging it.
///
/// `name` is what failures call the mailbox. The sequence is read as fast as it gives.
///
/// - Returns: What `body` returns.
/// - Throws: What `body` throws.
@discardableResult
public func withMailbox<Events: AsyncSequence, R>(
  _ name: String, of sequence: sending Events, fileID: StaticString = #fileID,
  filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
  _ body: (Mailbox<Events.Element>) async throws -> R
) async throws -> R
where Events: SendableMetatype, Events.AsyncIterator: SendableMetatype, Events.Element: Sendable {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  let mailbox = Mailbox<Events.Element>(
    name, fileID: fileID, filePath: filePath, line: line, column: column)
  let pump = SequencePump(sequence, into: mailbox)
  do {
    let result = try await body(mailbox)
    await pump.stop(at: site)
    return result
  } catch {
    await pump.stop(at: site)
    throw error
  }
}
