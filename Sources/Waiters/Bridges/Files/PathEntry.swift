#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension PathSteps.Entry {
  /// Looks at what a path leads to, without following a link.
  init(at path: String) {
    var facts = stat()
    guard unsafe lstat(path, &facts) == 0 else {
      self = .missing
      return
    }
    switch facts.st_mode & S_IFMT {
    case S_IFDIR: self = .folder
    case S_IFLNK: self = Self.target(of: path).map { .link(to: $0) } ?? .missing
    default: self = .other
    }
  }

  private static func target(of path: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      // The buffer is not empty, so it has an address.
      unsafe readlink(
        path, buffer.assumingMemoryBound(to: CChar.self).baseAddress!, buffer.count)
    }
    return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
  }
}

/// An absolute path; a relative one begins in the working directory.
func absolutePath(_ path: String) -> String {
  path.hasPrefix("/") ? path : PathSteps.join(workingDirectory(), path)
}

/// The working directory of this process; the root where it is gone.
func workingDirectory() -> String {
  guard let folder = unsafe getcwd(nil, 0) else { return "/" }
  defer { unsafe free(folder) }
  return unsafe String(cString: folder)
}
