import CHarnessSystem

/// A TCP socket on a port of 127.0.0.1 that the system assigned.
package struct LoopbackSocket: Sendable {
  /// The port.
  package let port: Int
  let descriptor: Descriptor

  /// Begins to listen: connections wait until somebody accepts them.
  package static func listening() throws(LoopbackSocketError) -> LoopbackSocket {
    try open(listens: true)
  }

  /// Holds a port without listening on it.
  ///
  /// On Linux the system then assigns it to nobody, and who asks for it by its number with `SO_REUSEADDR`, as servers
  /// do, gets it.
  package static func holding() throws(LoopbackSocketError) -> LoopbackSocket {
    try open(listens: false)
  }

  /// Closes it here; once.
  package func close() {
    descriptor.close()
  }

  private static func open(listens: Bool) throws(LoopbackSocketError) -> LoopbackSocket {
    var (number, port): (Int32, Int32) = (-1, 0)
    let code = unsafe charness_loopback_socket(listens ? 1 : 0, &number, &port)
    guard code == 0 else { throw LoopbackSocketError(errno: code) }
    return LoopbackSocket(port: Int(port), descriptor: Descriptor(number: number))
  }
}

/// No port could be had.
package struct LoopbackSocketError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The system's reason.
  package let errno: Int32

  /// What could not be had, and why.
  package var description: String {
    "no port of 127.0.0.1 can be had: \(systemText(errno))"
  }
}
