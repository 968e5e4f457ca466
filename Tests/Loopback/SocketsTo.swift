#if os(Linux)
  import Foundation

  /// The sockets of this process with this port at the other end.
  ///
  /// Each descriptor is asked by itself: the table of the system, `/proc/net/tcp`, is read page by page, and while others
  /// come and go, such as those of tests that run at the same time, lines are missing in it or there twice.
  public func socketsTo(port: Int) throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
      .count { peerPort(of: $0) == port }
  }

  /// The port at the other end of a descriptor; nil where that is no connected socket of IPv4.
  private func peerPort(of descriptor: Int32) -> Int? {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    // The address is as long as it says.
    let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe getpeername(descriptor, $0, &length)
      }
    }
    guard status == 0, address.sin_family == sa_family_t(AF_INET) else { return nil }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// Whether the process runs under ThreadSanitizer, where code takes a tenfold of its time.
  public var isUnderThreadSanitizer: Bool {
    // The default handle, which is for all that the process has loaded.
    unsafe dlsym(nil, "__tsan_init") != nil
  }
#endif
