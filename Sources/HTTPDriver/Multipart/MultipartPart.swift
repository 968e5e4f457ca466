public import HTTPTypes

/// A field of a multipart form: a name and a text.
///
/// Source: RFC 7578, section 4.
public struct FieldPart: Sendable {
  let part: MultipartPart

  /// Describes a field.
  ///
  /// - Parameters:
  ///   - name: The field's name, which may repeat.
  ///   - value: The text, sent in UTF-8.
  ///   - contentType: The part's media type; nil sends none, which means plain text.
  ///   - headers: Further header fields of this part.
  public init(
    _ name: String, _ value: String, contentType: String? = nil, headers: HTTPFields = [:]
  ) {
    part = MultipartPart(
      name: name, filename: nil, contentType: contentType, headers: headers,
      content: .bytes(Array(value.utf8)))
  }
}

/// A file of a multipart form.
///
/// Source: RFC 7578, sections 4.2 and 4.4.
public struct FilePart: Sendable {
  /// Where the bytes of a file come from.
  public struct Content: Sendable {
    let piece: BodyPiece
    let filename: String

    /// The file at this path, read while it is sent.
    public static func path(_ path: String) -> Content {
      Content(piece: .file(path), filename: lastComponent(of: path))
    }

    /// These bytes.
    public static func bytes(_ bytes: [UInt8]) -> Content {
      Content(piece: .bytes(bytes), filename: "file.bin")
    }

    /// This text, in UTF-8.
    public static func text(_ text: String) -> Content {
      Content(piece: .bytes(Array(text.utf8)), filename: "file.txt")
    }
  }

  let part: MultipartPart

  /// Describes a file.
  ///
  /// - Parameters:
  ///   - name: The field's name, which may repeat.
  ///   - content: The bytes. A file that cannot be read fails the exchange.
  ///   - filename: The name to send; nil takes the path's last component, or `file.bin`.
  ///   - contentType: The part's media type; nil guesses it from the name's extension.
  ///   - headers: Further header fields of this part.
  public init(
    _ name: String, _ content: Content, filename: String? = nil, contentType: String? = nil,
    headers: HTTPFields = [:]
  ) {
    let filename = filename ?? content.filename
    part = MultipartPart(
      name: name, filename: filename, contentType: contentType ?? mediaType(ofFileNamed: filename),
      headers: headers, content: content.piece)
  }
}

/// One part, whichever kind it was written as.
struct MultipartPart: Sendable {
  let name: String
  let filename: String?
  let contentType: String?
  let headers: HTTPFields
  let content: BodyPiece
}

/// What follows the last slash.
func lastComponent(of path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}
