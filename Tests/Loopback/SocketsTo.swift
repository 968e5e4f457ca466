#if os(Linux)
  import Foundation

  /// The sockets that some process still holds with this port at the other end.
  ///
  /// Columns of `/proc/net/tcp` are: 2 the remote address and port, 9 the inode, which is 0 for a socket
  /// that no process holds.
  public func socketsTo(port: Int) throws -> Int {
    // A file of the system has no size, and each read gives less than was asked for: `String(contentsOfFile:)` takes that
    // for its end, and sees the first page alone. (Swift 6.3.1)
    let file = try FileHandle(forReadingFrom: URL(filePath: "/proc/net/tcp"))
    defer { try? file.close() }
    var bytes = Data()
    while let page = try file.read(upToCount: 64 << 10), !page.isEmpty { bytes += page }
    let table = String(decoding: bytes, as: UTF8.self)
    return table.split(separator: "\n").dropFirst().filter { line in
      let columns = line.split(separator: " ")
      guard columns.count > 9 else { return false }
      let remote = columns[2].split(separator: ":").last.flatMap { Int($0, radix: 16) }
      return remote == port && columns[9] != "0"
    }.count
  }
#endif
