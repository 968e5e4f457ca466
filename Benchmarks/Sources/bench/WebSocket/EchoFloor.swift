import Foundation
import WSDriver

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What an echo costs without a client: the frame is made once, and a blocking socket sends it and reads the answer.
///
/// It is the operating system's part, the least that any client of the same server can take.
struct EchoFloor {
  private let descriptor: Int32
  private let frame: [UInt8]
  private let answerSize: Int

  /// Connects to a server on 127.0.0.1 and upgrades.
  init(url: String, message: WSMessage) throws {
    guard let port = url.split(separator: ":").last.flatMap({ UInt16($0) }) else {
      throw Trouble(description: "no port in \(url)")
    }
    frame = WSFrame(message.isText ? .text : .binary, message.bytes).bytes(sentBy: .client)
    answerSize =
      WSFrame(message.isText ? .text : .binary, message.bytes).bytes(sentBy: .server).count
    #if canImport(Glibc)
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    let code = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard code == 0 else { throw Trouble(description: "no connection to \(url)") }
    var yes: Int32 = 1
    unsafe setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    let head = """
      GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n
      """
    try write(Array(head.utf8))
    var room: [UInt8] = Array(repeating: 0, count: 4_096)
    var answer: [UInt8] = []
    // The server says nothing by itself after its 101.
    while !answer.reversed().starts(with: [10, 13, 10, 13]) {
      let count = unsafe recv(descriptor, &room, room.count, 0)
      guard count > 0 else { throw Trouble(description: "no answer to the upgrade") }
      answer += room[..<count]
    }
  }

  /// CPU µs per echo.
  func measure(_ count: Int) throws -> Double {
    var room: [UInt8] = Array(repeating: 0, count: 256 << 10)
    func echo(_ times: Int) throws {
      for _ in 0..<times {
        try write(frame)
        var left = answerSize
        while left > 0 {
          let read = unsafe recv(descriptor, &room, min(left, room.count), 0)
          guard read > 0 else { throw Trouble(description: "no echo") }
          left -= read
        }
      }
    }
    try echo(max(count / 10, 1))
    let start = processTime()
    try echo(count)
    defer { close(descriptor) }
    return (processTime() - start) / Double(count) * 1e6
  }

  private func write(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { bytes in
        unsafe send(
          descriptor, bytes.baseAddress.map { unsafe $0 + sent }, bytes.count - sent, 0)
      }
      guard count > 0 else { throw Trouble(description: "the connection broke") }
      sent += count
    }
  }
}

extension WSMessage {
  fileprivate var isText: Bool { text != nil }
}
