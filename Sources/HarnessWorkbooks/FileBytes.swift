#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Reads a whole file.
///
/// Written over the system calls, so that a service that reads workbooks needs no Foundation for it.
func bytesOfFile(_ path: String, limit: Int) throws(WorkbookError) -> [UInt8] {
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else {
    let code = errno
    throw WorkbookError(
      code == ENOENT ? .notFound : .unreadable,
      code == ENOENT ? "there is no file \(path)" : "\(path) cannot be opened: \(message(code))")
  }
  defer { close(descriptor) }

  var bytes: [UInt8] = []
  let chunk = 1 << 20
  while true {
    var code: Int32 = 0
    // Grows as the file does not end, rather than by a size that a pipe does not have.
    let piece = unsafe [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
      let read = unsafe read(descriptor, buffer.baseAddress, chunk)
      if read < 0 { code = errno }
      count = max(0, read)
    }
    if code == EINTR { continue }
    guard code == 0 else {
      throw WorkbookError(.unreadable, "\(path) cannot be read: \(message(code))")
    }
    if piece.isEmpty { return bytes }
    bytes += piece
    guard bytes.count <= limit else {
      throw WorkbookError(
        .limitExceeded, "the file is larger than the limit `fileBytes`, \(limit)")
    }
  }
}

private func message(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }

/// Writes a whole file, in place of any other at the path.
func writeFile(_ bytes: [UInt8], to path: String) throws(WorkbookError) {
  let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  guard descriptor >= 0 else {
    throw WorkbookError(.unwritable, "\(path) cannot be written: \(message(errno))")
  }
  defer { close(descriptor) }
  var position = 0
  while position < bytes.count {
    let count = unsafe bytes[position...].withUnsafeBytes {
      unsafe write(descriptor, $0.baseAddress, $0.count)
    }
    if count < 0 {
      if errno == EINTR { continue }
      throw WorkbookError(.unwritable, "\(path) cannot be written: \(message(errno))")
    }
    position += count
  }
}
