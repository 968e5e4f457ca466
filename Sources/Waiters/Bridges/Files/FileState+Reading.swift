#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension FileState {
  /// Looks at a path, through links.
  init(at path: String) {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else {
      let code = errno
      self.init()
      // A folder that may not be entered hides what is in it.
      if code != ENOENT, code != ENOTDIR { problem = systemText(code) }
      return
    }
    self.init(facts)
    switch kind {
    case .file: open(path)
    case .folder:
      let listing = FolderListing(of: path)
      (entries, problem) = (listing.names, listing.problem)
    // Never opened: whoever waits at the other end of a pipe would take this for its reader.
    case .missing, .socket, .other: break
    }
  }

  private init(_ facts: stat) {
    switch facts.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    case S_IFSOCK: kind = .socket
    default: kind = .other
    }
    size = kind == .file ? Int(facts.st_size) : 0
    #if canImport(Darwin)
      let time = facts.st_mtimespec
    #else
      let time = facts.st_mtim
    #endif
    identity = [
      Int(truncatingIfNeeded: facts.st_dev), Int(truncatingIfNeeded: facts.st_ino),
      Int(time.tv_sec), Int(time.tv_nsec),
    ]
  }

  /// Opens what was found to be a file, and reads it.
  private mutating func open(_ path: String) {
    // What may have taken the file's place since must not hold this up.
    let descriptor = systemOpen(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      // It may have gone since.
      if errno == ENOENT { self = FileState() } else { problem = systemText(errno) }
      return
    }
    defer { close(descriptor) }
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0 else { return }
    self = FileState(facts)
    if kind == .file { read(descriptor) }
  }

  /// Reads the last of what the file holds now, which may be more than it did a moment ago.
  private mutating func read(_ descriptor: Int32) {
    let start = max(size - Self.limit, 0)
    if start > 0 { lseek(descriptor, off_t(start), SEEK_SET) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count < Self.limit {
      let wanted = min(buffer.count, Self.limit - bytes.count)
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe systemRead(descriptor, $0.baseAddress, wanted)
      }
      if count < 0, errno == EINTR { continue }
      if count < 0 { problem = systemText(errno) }
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    self.bytes = bytes
    size = start + bytes.count
  }
}

// The methods above have these functions' names, which hides them.
private let systemRead = unsafe read
private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { unsafe open(path, flags) }

/// What is in a folder.
struct FolderListing {
  /// The names, sorted.
  let names: [String]
  /// Why they could not be read; nil where they could.
  let problem: String?

  /// The most names that are kept.
  static let limit = 10_000

  init(of path: String) {
    guard let folder = unsafe opendir(path) else {
      (names, problem) = ([], systemText(errno))
      return
    }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while names.count < Self.limit, let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name)) {
          unsafe String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    (self.names, problem) = (names.sorted(), nil)
  }
}

/// The system's words for an error number.
func systemText(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
