#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Where the bytes of an archive go: to memory, or to a file a buffer at a time.
struct ByteOutput: ~Copyable {
  private var buffer: [UInt8] = []
  private let file: OutputFile?
  // How many bytes of the output lie before the buffer.
  private var written = 0

  private static let bufferSize = 1 << 18

  /// An output that is kept in memory.
  init() { file = nil }

  /// An output to a file, in place of any other at the path.
  init(path: String) throws(WorkbookError) {
    file = try OutputFile(path)
    buffer.reserveCapacity(Self.bufferSize * 2)
  }

  /// How many bytes there are so far.
  var count: Int { written + buffer.count }

  mutating func append(_ bytes: some Collection<UInt8>) throws(WorkbookError) {
    buffer.append(contentsOf: bytes)
    if file != nil, buffer.count >= Self.bufferSize { try flush() }
  }

  /// Puts bytes in the place of others that were appended before.
  mutating func replace(at position: Int, with bytes: [UInt8]) throws(WorkbookError) {
    if position >= written {
      let start = position - written
      buffer.replaceSubrange(start..<start + bytes.count, with: bytes)
    } else {
      try flush()
      try file?.write(bytes.span, at: position)
    }
  }

  private mutating func flush() throws(WorkbookError) {
    guard let file else { return }
    try file.write(buffer.span, at: written)
    written += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  /// Ends the output; the bytes of one in memory.
  mutating func finish() throws(WorkbookError) -> [UInt8] {
    try flush()
    defer { buffer = [] }
    return buffer
  }
}

/// A file that is being written.
private final class OutputFile {
  private let path: String
  private let descriptor: Int32

  init(_ path: String) throws(WorkbookError) {
    self.path = path
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.error(path, errno) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func write(_ bytes: borrowing Span<UInt8>, at position: Int) throws(WorkbookError) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBufferPointer {
        unsafe pwrite(
          descriptor, $0.baseAddress! + done, bytes.count - done, off_t(position + done))
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw Self.error(path, errno)
      }
      done += count
    }
  }

  private static func error(_ path: String, _ code: Int32) -> WorkbookError {
    WorkbookError(
      .unwritable, "\(path) cannot be written: \(unsafe String(cString: strerror(code)))")
  }
}
