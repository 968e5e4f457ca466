public import HarnessWebSocket

/// How one side of a WebSocket is set up.
public struct WSOptions: Sendable {
  /// What is asked of permessage-deflate; nil, as it is unless said otherwise, for no compression.
  public var compression: WSDeflate?
  /// How much a message may be.
  public var limits: WSLimits
  /// How many bytes of messages may lie here that no wait has taken; 256 MiB unless said otherwise.
  ///
  /// One message more closes the WebSocket with 1008, and the waits that follow say so.
  public var inboxLimit: Int
  /// What this side does by itself.
  public var behaviour: WSBehaviour
  /// Where its body runs; on the threads that all tasks share, unless said otherwise.
  public var thread: WSThread

  /// Sets up a side that keeps to the rules.
  public init(
    compression: WSDeflate? = nil, limits: WSLimits = WSLimits(), inboxLimit: Int = 256 << 20,
    behaviour: WSBehaviour = .regular, thread: WSThread = .pool
  ) {
    self.compression = compression
    self.limits = limits
    self.inboxLimit = inboxLimit
    self.behaviour = behaviour
    self.thread = thread
  }
}
