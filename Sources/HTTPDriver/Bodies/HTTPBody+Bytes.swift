extension HTTPBody {
  /// No body at all.
  public static let empty = HTTPBody(
    contentType: nil, length: 0, repetition: .none, wholeBytes: []
  ) {
    PieceReader(pieces: [])
  }

  /// These bytes.
  public static func bytes(
    _ bytes: [UInt8], contentType: String? = "application/octet-stream"
  ) -> HTTPBody {
    HTTPBody(
      contentType: contentType, length: bytes.count, repetition: .inline, wholeBytes: bytes
    ) {
      PieceReader(pieces: [.bytes(bytes)])
    }
  }

  /// This text, in UTF-8.
  public static func text(
    _ text: String, contentType: String = "text/plain; charset=utf-8"
  ) -> HTTPBody {
    .bytes(Array(text.utf8), contentType: contentType)
  }

  /// Names and values as a browser sends a form without files, in this order; names may repeat.
  ///
  /// Source: URL Standard, section 5.2 (`application/x-www-form-urlencoded` serializing).
  public static func form(_ fields: KeyValuePairs<String, String>) -> HTTPBody {
    let text = fields.map { "\(formEncoded($0.key))=\(formEncoded($0.value))" }
      .joined(separator: "&")
    return .text(text, contentType: "application/x-www-form-urlencoded")
  }

  /// The content of a file, read while it is sent.
  ///
  /// A file that cannot be read, or has another length than before, fails the exchange. Where `contentType` is nil, the
  /// media type is guessed from the file's extension.
  public static func file(_ path: String, contentType: String? = nil) -> HTTPBody {
    let length = fileSize(path)
    return HTTPBody(
      contentType: contentType ?? mediaType(ofFileNamed: path), length: length,
      repetition: .file(path)
    ) {
      let reader = PieceReader(pieces: [.file(path)])
      guard let length else { return reader }
      return CompletionReader(source: reader, length: length)
    }
  }
}

/// Encodes one name or value of a form.
private func formEncoded(_ text: String) -> String {
  let digits = Array("0123456789ABCDEF")
  return text.utf8.reduce(into: "") { encoded, byte in
    switch byte {
    case UInt8(ascii: " "): encoded += "+"
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "*"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "_"):
      encoded.append(Character(Unicode.Scalar(byte)))
    default: encoded += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
  }
}
