#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import CHarnessSystem

// The methods below have these functions' names, which hide them.
private let systemClose = close
private let systemRead = unsafe read
private let systemWrite = unsafe write

/// An open file descriptor of this process, which its one owner closes.
struct Descriptor: Sendable {
  let number: Int32

  /// Opens a pipe that no other program inherits.
  static func pipe() throws(Errno) -> (reading: Descriptor, writing: Descriptor) {
    var (reading, writing): (Int32, Int32) = (-1, -1)
    let code = unsafe charness_pipe(&reading, &writing)
    guard code == 0 else { throw Errno(code: code) }
    return (Descriptor(number: reading), Descriptor(number: writing))
  }

  /// Opens a file that reads as empty.
  static func empty() throws(Errno) -> Descriptor {
    let number = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw Errno(code: errno) }
    return Descriptor(number: number)
  }

  func close() {
    _ = systemClose(number)
  }

  /// Makes reads and writes return instead of waiting.
  func setNonBlocking() {
    _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
  }

  /// What came of a read or a write that does not wait.
  enum Transfer {
    case bytes(Int)
    /// Nothing can be transferred now.
    case wouldBlock
    /// The other end is closed, or the descriptor can no longer be used.
    case ended
  }

  func read(into buffer: inout [UInt8]) -> Transfer {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe systemRead(number, $0.baseAddress, $0.count)
      }
      if count > 0 { return .bytes(count) }
      if count < 0, errno == EINTR { continue }
      return count < 0 && errno == EAGAIN ? .wouldBlock : .ended
    }
  }

  func write(_ bytes: ArraySlice<UInt8>) -> Transfer {
    while true {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe systemWrite(number, $0.baseAddress, $0.count)
      }
      if count >= 0 { return .bytes(count) }
      if errno == EINTR { continue }
      return errno == EAGAIN ? .wouldBlock : .ended
    }
  }
}

/// A system's error number.
struct Errno: Error {
  let code: Int32
}
