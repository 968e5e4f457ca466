#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An address as the system's calls take it.
@safe
struct SocketAddress: Sendable {
  private var storage = sockaddr_storage()
  private var length: socklen_t
  let family: Int32

  /// The most bytes that the path of a socket has: the system's field ends with a NUL.
  static let longestPath = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

  /// The address of a Unix domain socket; nil where the path is too long.
  init?(socketAt path: String) {
    let bytes = Array(path.utf8)
    guard bytes.count <= Self.longestPath else { return nil }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    family = AF_UNIX
    length = socklen_t(MemoryLayout<sockaddr_un>.size)
    unsafe withUnsafeMutableBytes(of: &storage) { storage in
      unsafe withUnsafeBytes(of: &address) { unsafe storage.copyMemory(from: $0) }
    }
  }

  private init(_ found: addrinfo) {
    family = unsafe found.ai_family
    length = min(
      unsafe found.ai_addrlen, socklen_t(MemoryLayout<sockaddr_storage>.size))
    let count = Int(length)
    unsafe withUnsafeMutableBytes(of: &storage) { storage in
      if let address = unsafe found.ai_addr {
        unsafe storage.copyMemory(from: UnsafeRawBufferPointer(start: address, count: count))
      }
    }
  }

  /// Looks a host up; blocks while a server of names is asked, unless `isNumeric`.
  ///
  /// - Returns: Every address of the host, or the system's words for why there is none.
  static func addresses(
    of host: String, port: Int, isNumeric: Bool
  ) -> (addresses: [SocketAddress], problem: String?) {
    var hints = unsafe addrinfo()
    #if canImport(Glibc)
      unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #else
      unsafe hints.ai_socktype = SOCK_STREAM
    #endif
    unsafe hints.ai_flags = isNumeric ? AI_NUMERICHOST | AI_NUMERICSERV : AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(host, "\(port)", &hints, &list)
    guard code == 0 else { return ([], unsafe String(cString: gai_strerror(code))) }
    defer { unsafe freeaddrinfo(list) }
    var addresses: [SocketAddress] = []
    var next = unsafe list
    while let found = unsafe next?.pointee {
      unsafe addresses.append(SocketAddress(found))
      unsafe next = found.ai_next
    }
    return (addresses, nil)
  }

  /// Hands the address over in the form of the system's calls.
  func withPointer<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    unsafe withUnsafePointer(to: storage) { storage in
      unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, length) }
    }
  }
}
