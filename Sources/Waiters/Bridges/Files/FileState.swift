/// What lies at a path, as it was when a ``FileWatch`` looked.
public struct FileState: Sendable, Equatable {
  /// What there can be at a path.
  public enum Kind: Sendable {
    /// Nothing, or a link that leads nowhere.
    case missing
    /// A file.
    case file
    /// A folder.
    case folder
    /// A socket.
    case socket
    /// A pipe or a device.
    case other
  }

  /// What there is.
  public internal(set) var kind = Kind.missing
  /// The bytes of a file: all of them, or the last 16 MiB of a larger one.
  public internal(set) var bytes: [UInt8] = []
  /// How many bytes a file has.
  public internal(set) var size = 0
  /// The names in a folder, sorted.
  public internal(set) var entries: [String] = []
  /// Why what is there could not be read, in the system's words; nil where it could.
  public internal(set) var problem: String?
  /// The device, the number of the file on it, and when it was last changed: a file that was written anew
  /// with the same text is another one.
  var identity: [Int] = []

  /// The most that is read of a file.
  static let limit = 16 << 20

  /// Whether there is anything at the path.
  public var exists: Bool { kind != .missing }

  /// The text of a file, repaired where it is not UTF-8.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension FileState: CustomStringConvertible {
  /// What there is in a few words, such as `a file of 120 bytes`.
  public var description: String {
    let what =
      switch kind {
      case .missing: "nothing there"
      case .file: "a file of \(size.counted("byte"))"
      case .folder:
        entries.isEmpty
          ? "an empty folder" : "a folder with \(entries.count.counted(as: "entry", "entries"))"
      case .socket: "a socket"
      case .other: "neither a file nor a folder"
      }
    return problem.map { "\(what), which cannot be read: \($0)" } ?? what
  }
}

extension Int {
  /// `1 entry`, `2 entries`.
  func counted(as one: String, _ many: String) -> String { "\(self) \(self == 1 ? one : many)" }
}
