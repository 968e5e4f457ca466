import HTTPDriver
import HarnessReporting
public import HarnessWebSocket
import Waiters

extension WSSocket {
  /// Waits for the next message.
  ///
  /// - Throws: After the test has failed at this line.
  public func next(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> WSMessage {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let deadline = Deadline.effective(within: duration)
    switch await outcomeOfNext(within: duration) {
    case .message(let message): return message
    case .timedOut: throw await failure("no message within \(deadline)", isWaiting: true, at: site)
    case .ended(let closure):
      throw await failure(
        "no message, the WebSocket had ended: \(closure)", isWaiting: true, at: site)
    case .cancelled: throw CancellationError()
    }
  }

  /// Waits for the next message, which must be JSON that fits the type; one that does not has been taken.
  ///
  /// - Throws: After the test has failed at this line.
  public func next<T: Decodable>(
    _ type: T.Type, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> T {
    let message = try await next(
      within: duration, fileID: fileID, filePath: filePath, line: line, column: column)
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    return try await decode(message, as: type, at: site)
  }

  /// Waits for the first message that is JSON of this type and that `matches` accepts.
  ///
  /// The others, those of another type among them, stay in their order.
  ///
  /// - Throws: After the test has failed at this line.
  public func first<T: Decodable & SendableMetatype>(
    _ type: T.Type, where matches: @escaping @Sendable (T) -> Bool = { _ in true },
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> T {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let message = try await first(
      .json(type, where: matches), "no \(type) that matches came", within: duration, at: site)
    return try await decode(message, as: type, at: site)
  }

  /// Gives a message as a Swift type, or fails the test.
  func decode<T: Decodable>(
    _ message: WSMessage, as type: T.Type, at site: CallSite
  ) async throws -> T {
    do {
      return try message.decode(type)
    } catch {
      throw await failure(
        "a message is no \(type)",
        details: [
          ("reason", decodingReason(error)),
          ("message", Excerpt.body(message.bytes, limit: 400)),
        ], at: site)
    }
  }
}
