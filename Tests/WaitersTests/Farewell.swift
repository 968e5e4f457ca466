/// Says when it is let go, as a value of a user's may: by code that knows nothing of our locks.
final class Farewell: Sendable {
  private let tell: @Sendable () -> Void

  init(_ tell: @escaping @Sendable () -> Void) {
    self.tell = tell
  }

  deinit {
    tell()
  }
}
