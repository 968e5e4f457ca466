/// A form that would be read as another one than the test wrote.
struct MultipartFault: Error, Sendable, CustomStringConvertible {
  let description: String
}

extension MultipartEncoder {
  /// What RFC 2045, section 5.1 lets stand in a parameter without quotation marks, of what a boundary may hold.
  static let tokenMarks = Set("'+_-.".utf8)
  /// What else a boundary may hold.
  private static let boundaryMarks = Set("(),/:=? ".utf8)

  /// What keeps the form from being sent; nil where nothing does.
  ///
  /// Contents are only searched for a boundary that a test chose, and files not at all: they are read while
  /// they are sent.
  func fault(boundaryIsChosen: Bool) -> MultipartFault? {
    guard isBoundary else {
      return MultipartFault(
        description: "\(boundary.debugDescription) is no boundary (RFC 2046, section 5.1.1)")
    }
    let delimiter = Array("--\(boundary)".utf8)
    for part in parts {
      if let type = part.contentType, !type.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) {
        return MultipartFault(
          description: "\(type.debugDescription) is no media type of the part \"\(part.name)\"")
      }
      if boundaryIsChosen, case .bytes(let bytes) = part.content,
        bytes.firstRange(of: delimiter) != nil
      {
        return MultipartFault(
          description:
            "the boundary \"\(boundary)\" stands in the content of the part \"\(part.name)\"")
      }
    }
    return nil
  }

  /// Source: RFC 2046, section 5.1.1.
  private var isBoundary: Bool {
    (1...70).contains(boundary.utf8.count) && !boundary.hasSuffix(" ")
      && boundary.utf8.allSatisfy {
        Self.isAlphanumeric($0) || Self.tokenMarks.contains($0) || Self.boundaryMarks.contains($0)
      }
  }

  static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
