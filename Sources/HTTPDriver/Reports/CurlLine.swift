import HTTPTypes
import HarnessReporting

/// How `curl` is told to send a body.
enum CurlBody: Sendable {
  /// There is no body.
  case none
  /// With the bytes themselves, or from a file of the evidence where they do not fit a line.
  case inline
  /// From this file.
  case file(String)
  /// As a form, with these options, already quoted.
  case form([String])
  /// Not at all: the bytes are no request that curl would write.
  case raw
}

/// Writes the `curl` line that repeats a request, with `$NAME` in place of each secret.
///
/// Where the exchange used no socket, `$SERVICE` stands for the address of a live service.
struct CurlLine {
  /// The name that the evidence gives the body of the request.
  static let bodyFile = "request-body.bin"
  private static let inlineLimit = 500

  let record: ExchangeRecord
  /// What was sent of the body, whose secrets were looked for.
  let sent: MaskedBytes

  /// Describes an exchange; `sent` is what its report knows of the body already.
  init(record: ExchangeRecord, sent: MaskedBytes? = nil) {
    self.record = record
    self.sent = sent ?? MaskedBytes(record.sent.head)
  }

  /// Whether the line reads the body from the evidence.
  var needsBodyFile: Bool {
    switch record.repetition {
    case .inline where leavesBody: false
    case .inline, .raw: !record.sent.head.isEmpty && inlineText == nil
    case .none, .file, .form: false
    }
  }

  var text: String {
    if case .raw = record.repetition { return rawText }
    let request = record.request
    var words = ["curl -i"] + pathOptions
    if let service = record.service, service.isLive { words += service.curl.options }
    if let path = record.service?.socketPath {
      words.append("--unix-socket \(ShellWord.quoted(path))")
    }
    switch request.method {
    case .get where record.sent.count == 0: break
    case .head: words.append("-I")
    default: words.append("-X \(ShellWord.bare(request.method.rawValue))")
    }
    for field in request.headerFields where !isMadeByCurl(field) {
      if field.value.isEmpty {
        // With a colon, curl would leave the field out.
        words.append("-H \(ShellWord.quoted("\(field.name.rawName);"))")
      } else if let value = SecretMask.shellValue(of: field) {
        words.append("-H \"\(field.name.rawName): \(value)\"")
      } else {
        let value = SecretMask.value(of: field)
        words.append("-H \(ShellWord.quoted("\(field.name.rawName): \(value)"))")
      }
    }
    if let authority = unnamedAuthority {
      words.append("-H \(ShellWord.quoted("Host: \(authority)"))")
    }
    if waitsUnasked { words.append("-H 'Expect:'") }
    words += body
    words.append(url)
    words += notes.map { "# \($0)" }
    return words.joined(separator: " ")
  }

  private var body: [String] {
    switch record.repetition {
    case .none: []
    case _ where leavesBody: []
    case .inline where record.sent.head.isEmpty: []
    case .inline: mediaTypeOption + [inlineOption]
    case .file(let path):
      mediaTypeOption + ["--data-binary \(ShellWord.quoted("@\(path)"))"]
    case .form(let options): options
    case .raw: []
    }
  }

  /// In what the line does not repeat the request, for a shell to pass over.
  private var notes: [String] {
    var notes: [String] = []
    if leavesBody {
      notes.append("without the body: curl sends none with HEAD")
    } else if case .inline = record.repetition {
      let sent = record.sent
      if let length = record.bodyLength, sent.count < length, sent.count > 0 {
        notes.append(
          "with the \(sent.count) of \(byteCount(length)) of the body that had been sent")
      }
      if sent.count == 0, let length = record.bodyLength, length > 0 {
        notes.append("without the body of \(byteCount(length)), of which nothing had been sent")
      }
      if sent.head.isEmpty, sent.count > 0 {
        notes.append("without the body of \(byteCount(sent.count)), which was not kept")
      } else if !sent.isComplete {
        notes.append(
          "with the first \(sent.head.count) of \(byteCount(sent.count)): no more is kept")
      }
      if self.sent.hasSecrets { notes.append("secrets in the body are masked") }
    }
    if path.withSecretsMasked != path { notes.append("secrets in the path are masked") }
    if record.hasTrailers { notes.append("without the trailers: curl sends none") }
    return notes
  }

  /// What curl must be told of the field `Host`, as the URL has another name; nil where it tells it by itself.
  private var unnamedAuthority: String? {
    guard record.address != nil, let service = record.service, service.curl.origin != nil,
      !record.request.headerFields.contains(where: { $0.name.canonicalName == "host" })
    else { return nil }
    return service.authority
  }

  /// Whether curl would wait a second for a 100, as it does of itself before a body that is long or of unknown length.
  private var waitsUnasked: Bool {
    let fields = record.request.headerFields
    guard record.sent.count > 0, !leavesBody, fields[.expect] == nil else { return false }
    return fields[.transferEncoding] != nil || record.sent.count >= 1 << 20
  }

  private var leavesBody: Bool { record.request.method == .head && record.sent.count > 0 }

  /// The bytes themselves, or a file of the evidence with them, into `nc`.
  private var rawText: String {
    let target =
      if let service = record.service, service.isLive, let command = service.curl.raw {
        command
      } else if let path = record.service?.socketPath {
        "nc -U \(ShellWord.quoted(path))"
      } else if let service = record.service, service.isLive {
        "nc \(service.host) \(service.port)"
      } else {
        "nc \"$HOST\" \"$PORT\""
      }
    guard let text = inlineText else { return "\(target) < \(Self.bodyFile)" }
    return "printf '%s' \(ShellWord.quoted(text)) | \(target)"
  }

  private var inlineOption: String {
    guard let text = inlineText else { return "--data-binary @\(Self.bodyFile)" }
    // Only `--data-raw` takes a text that begins with "@" for a text.
    return "\(text.hasPrefix("@") ? "--data-raw" : "--data-binary") \(ShellWord.quoted(text))"
  }

  /// Keeps curl from adding the media type of a form.
  private var mediaTypeOption: [String] {
    record.request.headerFields[.contentType] == nil ? ["-H 'Content-Type:'"] : []
  }

  /// Keeps curl from reading ranges into brackets, and from resolving dots.
  private var pathOptions: [String] {
    let segments = path.prefix { $0 != "?" }.split(separator: "/")
    return (path.contains { "[]{}".contains($0) } ? ["-g"] : [])
      + (segments.contains { [".", ".."].contains($0) } ? ["--path-as-is"] : [])
  }

  private var inlineText: String? {
    guard record.sent.isComplete, record.sent.count <= Self.inlineLimit else { return nil }
    // No word of a shell has a NUL in it.
    guard !record.sent.head.contains(0) else { return nil }
    guard String(validating: record.sent.head, as: UTF8.self) != nil else { return nil }
    return String(decoding: sent.all, as: UTF8.self)
  }

  private var path: String { record.request.path ?? "/" }

  private var url: String {
    let path = path.withSecretsMasked
    guard let origin = record.address else { return "\"$SERVICE\(ShellWord.escaped(path))\"" }
    let base = record.service?.curl.origin ?? origin
    let escaped = ShellWord.escaped(base)
    let address = SecretMask.maskURLPasswords(escaped, with: "$PASSWORD")
    return address == escaped
      ? ShellWord.quoted(base + path) : "\"\(address)\(ShellWord.escaped(path))\""
  }

  private func isMadeByCurl(_ field: HTTPField) -> Bool {
    let name = field.name
    if case .form = record.repetition, name == .contentType { return true }
    // The user and the password in the URL become this field again.
    if name == .authorization, let field = record.service?.basicAuthorization, record.address != nil
    {
      return record.request.headerFields[.authorization] == field
    }
    // With this field curl sends a body in chunks.
    if name == .transferEncoding { return record.sent.count == 0 || leavesBody }
    // An upgrade needs it, and curl does not know of one.
    if name == .connection { return field.value.lowercased() != "upgrade" }
    return name == .contentLength
  }
}

/// Words as a POSIX shell reads them; with control characters, as bash reads them.
package enum ShellWord {
  /// A word that is quoted only where it must be.
  static func bare(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy {
        MultipartEncoder.isAlphanumeric($0) || "-._".utf8.contains($0)
      }
    return isPlain ? text : quoted(text)
  }

  /// One word, quoted.
  package static func quoted(_ text: String) -> String {
    if text.unicodeScalars.contains(where: { $0.value < 0x20 }) {
      let escaped = text.unicodeScalars.reduce(into: "") { result, scalar in
        switch scalar {
        case "\\": result += "\\\\"
        case "'": result += "\\'"
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        case _ where scalar.value < 0x20:
          let digits = String(scalar.value, radix: 16)
          result += "\\x" + (digits.count == 1 ? "0\(digits)" : digits)
        default: result.unicodeScalars.append(scalar)
        }
      }
      return "$'\(escaped)'"
    }
    return "'" + text.replacing("'", with: "'\\''") + "'"
  }

  /// Text for between double quotes.
  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if "\"\\$`".contains(character) { result += "\\" }
      result.append(character)
    }
  }
}
