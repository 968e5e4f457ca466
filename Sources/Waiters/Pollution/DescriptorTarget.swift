#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What an open descriptor leads to.
struct DescriptorTarget: Sendable {
  /// Tells it from others, and stays while it is open: a file may be renamed, a socket lose its peer.
  let identity: String
  /// What it is, as failures show it: a path, the addresses of a socket, the kind of anything else.
  let description: String
  /// Whether it is one of the kernel's events or timers, which have no name.
  let isEventOrTimer: Bool

  /// Whether it is an epoll: something in which a thread waits for others.
  let isEpoll: Bool

  init(identity: String, description: String) {
    self.identity = identity
    self.description = description
    (isEventOrTimer, isEpoll) = (false, false)
  }

  /// Looks where a descriptor leads to; nil where it is not open.
  init?(_ number: Int32) {
    var facts = stat()
    guard unsafe fstat(number, &facts) == 0 else { return nil }
    let name = Self.name(of: number) ?? "descriptor"
    let isAnonymous = name.hasPrefix("anon_inode:")
    // What has no name of its own shares one number.
    identity = "\(facts.st_dev):\(facts.st_ino)\(isAnonymous ? name : "")"
    isEventOrTimer = name == "anon_inode:[eventfd]" || name == "anon_inode:[timerfd]"
    isEpoll = name == "anon_inode:[eventpoll]"
    description =
      switch facts.st_mode & S_IFMT {
      case S_IFSOCK: SocketNames(of: number).description
      case S_IFIFO: "\(name), its \(Self.isForWriting(number) ? "writing" : "reading") end"
      case S_IFREG:
        "\(shown(name[...], cutAt: 400))\(Self.isForWriting(number) ? ", open for writing" : "")"
      default: shown(name[...], cutAt: 400)
      }
  }

  private static func isForWriting(_ number: Int32) -> Bool {
    fcntl(number, F_GETFL) & O_ACCMODE != O_RDONLY
  }

  /// The path, or the kind in brackets.
  private static func name(of number: Int32) -> String? {
    #if os(Linux)
      guard case .link(let name) = PathSteps.Entry(at: "/proc/self/fd/\(number)") else {
        return nil
      }
      return name
    #elseif canImport(Darwin)
      var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
      guard fcntl(number, F_GETPATH, &bytes) == 0 else { return nil }
      return String(cString: bytes)
    #else
      return nil
    #endif
  }
}
