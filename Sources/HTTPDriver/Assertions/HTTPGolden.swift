public import GoldenFiles
import HTTPTypes
public import HarnessJSON

/// A response as it is stored in a golden file: its status, chosen header fields, and the body by its media type.
///
/// A JSON body is compared by meaning, a text line by line, and other bytes as a hex dump. Places for rules are
/// those of the file: `/status`, `/headers/etag`, `/body/id`. The values of fields that are secrets are masked.
public struct HTTPGolden: GoldenFormat {
  private let json = JSONGolden()

  /// The extension of the files.
  public let fileExtension = "http.json"
  /// The names of the fields that are compared; all others count for nothing.
  public let headers: [String]

  /// Makes a format that compares these header fields beside status and body.
  public init(headers: [String] = ["Content-Type"]) {
    self.headers = headers
  }

  /// The document with indentation.
  public func write(_ value: JSONValue) -> [UInt8] { json.write(value) }

  /// The document of a file.
  ///
  /// - Throws: `JSONError` when the file is not JSON.
  public func read(_ bytes: [UInt8]) throws -> JSONValue { try json.read(bytes) }

  /// Compares two documents by meaning.
  public func compare(
    _ actual: JSONValue, with golden: JSONValue?, rules: [GoldenRule]
  ) -> GoldenComparison<JSONValue> {
    json.compare(actual, with: golden, rules: rules)
  }

  /// What is stored of a response.
  public func document(of exchange: HTTPExchange) -> JSONValue {
    let fields = headers.map { name in
      let values = exchange.response.headerFields.filter {
        $0.name.canonicalName == name.lowercased()
      }.map { JSONValue.string(SecretMask.value(of: $0)) }
      // A field that is there twice is an array, one that is missing null.
      return JSONObject.Member(
        name: name.lowercased(), value: values.count > 1 ? .array(values) : values.first ?? .null)
    }
    return .object(
      JSONObject([
        .init(name: "status", value: .number(JSONNumber(exchange.status.code))),
        .init(name: "headers", value: .object(JSONObject(fields))),
        .init(name: "body", value: Self.body(of: exchange)),
      ]))
  }

  private static func body(of exchange: HTTPExchange) -> JSONValue {
    if exchange.body.isEmpty { return .null }
    let type = exchange.response.headerFields[.contentType].map(MediaType.init)
    if type?.isJSON == true, let value = try? JSONValue(parsing: exchange.body) { return value }
    if let type, type.essence.hasPrefix("text/") || type.essence.hasSuffix("xml"),
      let text = try? type.text(of: exchange.body)
    {
      return lines(of: text)
    }
    return lines(of: String(decoding: BytesGolden().write(exchange.body), as: UTF8.self))
  }

  /// A text of several lines is an array of them, so that a difference shows the line.
  private static func lines(of text: String) -> JSONValue {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1 else { return .string(text) }
    return .array(lines.map { .string(String(Substring($0))) })
  }
}

extension GoldenFormat where Self == HTTPGolden {
  /// Responses: status, these header fields, and the body by its media type.
  public static func http(headers: [String] = ["Content-Type"]) -> HTTPGolden {
    HTTPGolden(headers: headers)
  }
}
