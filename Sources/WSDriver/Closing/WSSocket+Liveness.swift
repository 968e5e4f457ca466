import HTTPDriver
import HarnessReporting
import Waiters

/// Whether the other side is there, and what becomes of a side that is not.
extension WSSocket {
  /// How a side hangs up without a close frame.
  public enum HangUp: Sendable {
    /// In good order, as a process that ends does.
    case orderly
    /// With a TCP reset, as a machine that was started again does.
    case reset
  }

  /// Sends a ping, and waits for its pong.
  ///
  /// - Returns: The time between the two.
  /// - Throws: After the test has failed at this line, when the pong does not come by the deadline or the WebSocket
  ///   ends first.
  @discardableResult
  public func ping(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> Duration {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let deadline = Deadline.effective(within: duration)
    let start = ContinuousClock.now
    guard let payload = connection.raiseBarrier() else {
      if connection.closure != nil { throw await ended("no ping sent", at: site) }
      throw await failure("no ping sent, this side had closed the WebSocket", at: site)
    }
    defer { connection.dropBarrier(payload) }
    let outcome = await connection.controls.outcomeOfFirst(within: duration) { control in
      switch control {
      case .pong(let answer): answer == payload
      case .ended: true
      case .ping: false
      }
    }
    switch outcome {
    case .value(.pong): return start.duration(to: .now)
    case .value, .closed: throw await ended("no pong", at: site)
    case .timedOut: throw await failure("no pong within \(deadline)", at: site)
    case .cancelled: throw CancellationError()
    }
  }

  /// Waits for a ping of the peer: its heartbeat.
  ///
  /// A ping that came before counts, once. It has been answered already, unless this side is told to be silent.
  ///
  /// - Returns: The payload.
  /// - Throws: After the test has failed at this line, when no ping comes by the deadline or the WebSocket ends
  ///   first.
  @discardableResult
  public func expectPing(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> [UInt8] {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let deadline = Deadline.effective(within: duration)
    if let payload = connection.takePing() { return payload }
    let outcome = await connection.controls.outcomeOfFirst(within: duration) { control in
      switch control {
      case .ping, .ended: true
      case .pong: false
      }
    }
    if case .value(.ping(let payload)) = outcome { return payload }
    connection.forgoPing()
    switch outcome {
    case .value, .closed: throw await ended("no ping", at: site)
    case .timedOut: throw await failure("no ping within \(deadline)", at: site)
    case .cancelled: throw CancellationError()
    }
  }

  /// Stops reading from the connection: the peer finds no room for what it sends, and hears nothing.
  ///
  /// It is what a peer sees of a client that hangs. Waits find nothing new until ``resumeReading()``.
  public func stopReading() { connection.stream.setReading(false) }

  /// Goes on reading from the connection.
  public func resumeReading() { connection.stream.setReading(true) }

  /// Ends the connection without a close frame.
  public func hangUp(_ way: HangUp = .orderly) { connection.hangUp(way) }

  private func ended(_ what: String, at site: CallSite) async -> any Error {
    let ending = connection.closure.map { "\($0)" } ?? "closed"
    return await failure("\(what), the WebSocket had ended: \(ending)", at: site)
  }
}
