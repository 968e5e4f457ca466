import HTTPTypes
import HarnessReporting

/// Lays out a multipart form: which bytes go before, between and after the contents of its parts.
///
/// Source: RFC 7578 and RFC 2046, section 5.1.1.
struct MultipartEncoder: Sendable {
  let parts: [MultipartPart]
  let boundary: String

  /// The value for `Content-Type`.
  var contentType: String {
    let isToken = boundary.utf8.allSatisfy {
      Self.tokenMarks.contains($0) || Self.isAlphanumeric($0)
    }
    return "multipart/form-data; boundary=" + (isToken ? boundary : "\"\(boundary)\"")
  }

  /// The body, piece by piece; files are named here and read later.
  var pieces: [BodyPiece] {
    var pieces: [BodyPiece] = []
    for (index, part) in parts.enumerated() {
      let start = index == 0 ? "" : "\r\n"
      pieces.append(.bytes(Array("\(start)--\(boundary)\r\n\(Self.head(of: part))\r\n".utf8)))
      pieces.append(part.content)
    }
    let start = parts.isEmpty ? "" : "\r\n"
    pieces.append(.bytes(Array("\(start)--\(boundary)--\r\n".utf8)))
    return pieces
  }

  /// The number of bytes; nil where a file cannot be read.
  var length: Int? {
    var total = 0
    for piece in pieces {
      guard let length = piece.length else { return nil }
      total += length
    }
    return total
  }

  /// The options that make `curl` send the same parts, where all contents are files or short texts.
  var repetition: CurlBody {
    var options: [String] = []
    for part in parts {
      // `curl` has no option for further fields that every version understands.
      guard part.headers.isEmpty, !part.name.contains("=") else { return .inline }
      let type = part.contentType.map { ";type=\($0)" } ?? ""
      switch part.content {
      case .file(let path):
        let name = part.filename.map { ";filename=\(Self.curlName($0))" } ?? ""
        let file = "\(part.name)=@\(Self.curlName(path))\(name)\(type)"
        options.append("-F \(ShellWord.quoted(file))")
      case .bytes(let bytes):
        guard part.filename == nil, part.contentType == nil, bytes.count <= 200,
          let text = String(validating: bytes, as: UTF8.self)
        else { return .inline }
        options.append("--form-string \(Self.word(part.name, text))")
      }
    }
    return .form(options)
  }

  /// A name and its text as one word of a shell, with a variable in place of a secret.
  private static func word(_ name: String, _ text: String) -> String {
    guard SecretName.isSecret(name) else {
      return ShellWord.quoted("\(name)=\(text.withSecretsMasked)")
    }
    return "\"\(ShellWord.escaped(name))=\(SecretMask.variable(name))\""
  }

  /// A name as `curl -F` reads it, which takes others apart at these characters.
  private static func curlName(_ name: String) -> String {
    guard name.contains(where: { ";,\"\\".contains($0) }) else { return name }
    return "\"\(name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }

  private static func head(of part: MultipartPart) -> String {
    var disposition = "Content-Disposition: form-data; name=\"\(quoted(part.name))\""
    if let filename = part.filename { disposition += "; filename=\"\(quoted(filename))\"" }
    var lines = [disposition]
    if let type = part.contentType { lines.append("Content-Type: \(type)") }
    lines += part.headers.map { "\($0.name.rawName): \($0.value)" }
    return lines.map { "\($0)\r\n" }.joined()
  }

  /// Escapes what would end a quoted name, as browsers do.
  ///
  /// Source: HTML Standard, section 4.10.21.8 (multipart form data).
  private static func quoted(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { quoted, scalar in
      switch scalar {
      case "\"": quoted += "%22"
      case "\r": quoted += "%0D"
      case "\n": quoted += "%0A"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
  }

  /// A boundary that no content has by chance: 120 random bits.
  static func randomBoundary() -> String {
    let digits = Array("0123456789abcdefghijklmnopqrstuv")
    return "harness-" + String((0..<24).map { _ in digits[Int.random(in: 0..<32)] })
  }
}
