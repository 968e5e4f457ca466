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
  // Only a regular file has a size, which then bounds what is reserved.
  var facts = stat()
  if unsafe fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG {
    guard facts.st_size <= limit else { throw tooLarge(limit) }
    bytes.reserveCapacity(Int(facts.st_size))
  }
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
    guard piece.count <= limit - bytes.count else { throw tooLarge(limit) }
    bytes += piece
  }
}

/// The error of a file that is larger than the limit.
func tooLarge(_ limit: Int) -> WorkbookError {
  WorkbookError(.limitExceeded, "the file is larger than the limit `fileBytes`, \(limit)")
}

private func message(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
