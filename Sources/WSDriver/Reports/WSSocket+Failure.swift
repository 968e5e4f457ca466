import HTTPDriver
import HarnessReporting

extension WSSocket {
  /// The frames that a message shows; the evidence has all of them.
  private static var shownLines: Int { 20 }

  /// Fails the test with what is wrong and the transcript, and gives the error to throw.
  func failure(
    _ difference: String, details: [(String, String)] = [], at site: CallSite
  ) -> any Error {
    connection.context.reporter.error(recording: describe(difference, details, at: site))
  }

  /// Fails the test with what is wrong and the transcript, and gives the error to throw.
  ///
  /// `isWaiting` says that a message did not come, so that those matter which earlier waits have taken.
  func failure(
    _ difference: String, details: [(String, String)] = [], isWaiting: Bool = false,
    at site: CallSite
  ) async -> any Error {
    var details = details
    let taken = connection.takenCount
    if isWaiting, taken > 0 {
      let messages = taken == 1 ? "1 message" : "\(taken) messages"
      details.append(("taken", "\(messages) by earlier waits"))
    }
    return await connection.context.reporter.error(
      recording: describe(difference, details, at: site))
  }

  private func describe(
    _ difference: String, _ details: [(String, String)], at site: CallSite
  ) -> Failure {
    let transcript = connection.transcript
    var lines = ["\(connection.context.title): \(difference)"]
    lines += details.map { Excerpt.row($0.0, $0.1) }
    let frames = transcript.lines(newest: Self.shownLines)
    lines += frames.enumerated().map { Excerpt.row($0.offset == 0 ? "frames" : "", $0.element) }
    if frames.isEmpty { lines.append(Excerpt.row("frames", "none")) }
    return Failure(
      lines.joined(separator: "\n"), at: site,
      evidence: [
        Evidence(
          name: "transcript.txt", text: transcript.lines().joined(separator: "\n") + "\n")
      ])
  }
}
