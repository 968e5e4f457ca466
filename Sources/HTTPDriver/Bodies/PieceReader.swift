import Foundation

/// One piece of a body whose pieces are known before it is sent.
enum BodyPiece: Sendable {
  case bytes([UInt8])
  case file(String)

  /// The number of bytes; nil for a file that cannot be read.
  var length: Int? {
    switch self {
    case .bytes(let bytes): bytes.count
    case .file(let path): fileSize(path)
    }
  }
}

/// Reads pieces one after the other; a file in blocks, so that a long one never lies in memory whole.
struct PieceReader: BodyReader {
  private static let blockSize = 64 << 10

  private var rest: ArraySlice<BodyPiece>
  private var file: FileHandle?

  init(pieces: [BodyPiece]) {
    rest = pieces[...]
  }

  mutating func read() throws -> [UInt8]? {
    if let file {
      if let block = try file.read(upToCount: Self.blockSize), !block.isEmpty {
        return [UInt8](block)
      }
      try file.close()
      self.file = nil
    }
    switch rest.popFirst() {
    case nil: return nil
    case .bytes(let bytes): return bytes
    case .file(let path):
      guard let opened = FileHandle(forReadingAtPath: path) else {
        throw HTTPBodyFileUnreadable(path: path)
      }
      file = opened
      return []
    }
  }
}

/// A file that a body is made of cannot be opened.
public struct HTTPBodyFileUnreadable: Error, Sendable, CustomStringConvertible {
  /// The path as the test gave it.
  public let path: String

  /// What happened, in words.
  public var description: String { "the file \(path) cannot be read" }
}

/// The size of a regular file in bytes; nil for anything else.
func fileSize(_ path: String) -> Int? {
  guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
    attributes[.type] as? FileAttributeType == .typeRegular,
    let size = attributes[.size] as? NSNumber
  else { return nil }
  return size.intValue
}
