#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An attempt to connect, which never waits: it is begun, and asked later where it is not over at once.
final class ConnectAttempt {
  enum Result: Equatable {
    /// Somebody listens.
    case accepted
    /// Nobody does, or cannot be reached; in the system's words.
    case failed(String)
    /// The other side has not answered yet.
    case pending
  }

  private let descriptor: Int32
  private var begun: Result

  init(to address: SocketAddress) {
    #if canImport(Darwin)
      let descriptor = socket(address.family, SOCK_STREAM, 0)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    #elseif canImport(Musl)
      let descriptor = socket(address.family, SOCK_STREAM | SOCK_CLOEXEC, 0)
    #else
      let descriptor = socket(
        address.family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    #endif
    self.descriptor = descriptor
    guard descriptor >= 0 else {
      begun = .failed(systemText(errno))
      return
    }
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    let code = unsafe address.withPointer { unsafe connect(descriptor, $0, $1) }
    switch code == 0 ? 0 : errno {
    case 0: begun = .accepted
    case EINPROGRESS: begun = .pending
    // A Unix domain socket whose queue is full: somebody listens, and does not accept.
    case EAGAIN: begun = .failed("nobody accepts: the queue of connections is full")
    case let code: begun = .failed(systemText(code))
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// What has come of it by now.
  var result: Result {
    guard begun == .pending else { return begun }
    var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    guard unsafe poll(&polled, 1, 0) > 0 else { return .pending }
    var code: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 else {
      code = errno
      begun = .failed(systemText(code))
      return begun
    }
    begun = code == 0 ? .accepted : .failed(systemText(code))
    return begun
  }
}
