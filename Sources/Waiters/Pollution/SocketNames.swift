#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The kind of a socket and the addresses at its two ends.
struct SocketNames {
  let description: String

  init(of number: Int32) {
    let (kind, near) = unsafe Self.address(of: number, getsockname)
    let (_, far) = unsafe Self.address(of: number, getpeername)
    let type = Self.option(SO_TYPE, of: number)
    #if canImport(Glibc)
      let isStream = type == Int32(SOCK_STREAM.rawValue)
    #else
      let isStream = type == SOCK_STREAM
    #endif
    let name =
      switch kind {
      case AF_INET, AF_INET6: isStream ? "tcp socket" : "udp socket"
      case AF_UNIX: "unix socket"
      default: "socket of family \(kind)"
      }
    let isListening = Self.option(SO_ACCEPTCONN, of: number) == 1
    description =
      switch (near, far) {
      case (let near?, _) where isListening: "\(name), listening at \(near)"
      case (let near?, let far?): "\(name), \(near) to \(far)"
      case (let near?, nil): "\(name), at \(near), not connected"
      case (nil, let far?): "\(name), to \(far)"
      case (nil, nil): "\(name), without an address"
      }
  }

  private static func option(_ option: Int32, of number: Int32) -> Int32 {
    var value: Int32 = -1
    var length = socklen_t(MemoryLayout<Int32>.size)
    _ = unsafe getsockopt(number, SOL_SOCKET, option, &value, &length)
    return value
  }

  private typealias Ask =
    (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32

  /// An end of the socket: its family, and its address where it has one.
  private static func address(of number: Int32, _ ask: Ask) -> (Int32, String?) {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return unsafe withUnsafeMutablePointer(to: &storage) { storage in
      unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        guard unsafe ask(number, address, &length) == 0 else { return (-1, nil) }
        let family = Int32(unsafe address.pointee.sa_family)
        return unsafe (
          family, family == AF_UNIX ? path(at: address, length) : text(of: address, length)
        )
      }
    }
  }

  private static func text(of address: UnsafeMutablePointer<sockaddr>, _ length: socklen_t)
    -> String?
  {
    var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    var port = [CChar](repeating: 0, count: Int(NI_MAXSERV))
    let code = unsafe getnameinfo(
      address, length, &host, socklen_t(host.count), &port, socklen_t(port.count),
      NI_NUMERICHOST | NI_NUMERICSERV)
    guard code == 0 else { return nil }
    let (name, number) = (string(host), string(port))
    if number == "0" { return nil }
    return name.contains(":") ? "[\(name)]:\(number)" : "\(name):\(number)"
  }

  private static func path(at address: UnsafeMutablePointer<sockaddr>, _ length: socklen_t)
    -> String?
  {
    let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
    guard Int(length) > offset else { return nil }
    let bytes = unsafe UnsafeRawBufferPointer(start: address, count: Int(length)).dropFirst(offset)
    let path = unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    return path.isEmpty ? nil : path
  }

  private static func string(_ text: [CChar]) -> String {
    String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
