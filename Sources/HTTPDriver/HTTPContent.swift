import Foundation
public import HarnessJSON

/// A body as its media type says that it is to be read.
///
/// More types will be read, so a `switch` in another package needs an `@unknown default`.
@nonexhaustive
public enum HTTPContent: Sendable, Equatable {
  /// JSON: `application/json`, or a type that ends in `+json`.
  case json(JSONValue)
  /// One JSON value a line: `application/x-ndjson`, `application/jsonl`.
  case jsonLines([JSONValue])
  /// Names and values of a form: `application/x-www-form-urlencoded`.
  case form([FormField])
  /// Server-sent events: `text/event-stream`.
  case events([ServerSentEvent])
  /// Any other `text/…`, in the charset that the type names, or in UTF-8.
  ///
  /// Read are `utf-8`, `us-ascii`, `iso-8859-1`, `utf-16`, `utf-16le` and `utf-16be`; another one is an error that
  /// names it.
  case text(String)
  /// Everything else.
  case bytes([UInt8])

  /// A name and a value of a form.
  public struct FormField: Sendable, Hashable {
    /// The name, decoded.
    public let name: String
    /// The value, decoded.
    public let value: String

    /// Makes a field.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }
}

extension HTTPContent {
  /// Reads a body by its media type.
  ///
  /// - Throws: Why it is not what its type says.
  init(_ body: [UInt8], mediaType: String?) throws {
    let type = mediaType.map(MediaType.init)
    switch type?.essence {
    case "application/x-ndjson", "application/jsonl", "application/ndjson":
      let lines = body.split(separator: 0x0a).filter { line in
        !line.allSatisfy { [0x09, 0x0d, 0x20].contains($0) }
      }
      self = .jsonLines(try lines.map { try JSONValue(parsing: Array($0)) })
    case "application/x-www-form-urlencoded": self = .form(Self.formFields(body))
    case "text/event-stream":
      var splitter = LineSplitter(endsAtCR: true, limit: 1 << 20)
      var parser = EventStreamParser()
      self = .events(try splitter.push(body).compactMap { try parser.take($0) })
    case _ where type?.isJSON == true: self = .json(try JSONValue(parsing: body))
    case let essence? where essence.hasPrefix("text/"):
      self = .text(try (type ?? MediaType(essence)).text(of: body))
    default: self = .bytes(body)
    }
  }

  /// Source: URL Standard, section 5.1 (`application/x-www-form-urlencoded` parsing).
  private static func formFields(_ body: [UInt8]) -> [FormField] {
    body.split(separator: UInt8(ascii: "&")).map { pair in
      let equals = pair.firstIndex(of: UInt8(ascii: "="))
      let name = pair[..<(equals ?? pair.endIndex)]
      let value = equals.map { pair[($0 + 1)...] } ?? []
      return FormField(decoded(name), decoded(value))
    }
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): result.append(0x20)
      case UInt8(ascii: "%"):
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        if digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit),
          let value = UInt8(digits, radix: 16)
        {
          result.append(value)
          rest = rest.dropFirst(2)
        } else {
          result.append(byte)
        }
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
