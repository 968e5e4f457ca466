import HarnessJSON

/// What a body is that is no problem document, in words.
enum ForeignBody {
  /// A name for the body; nil when it may be a problem document or is nothing known.
  static func recognised(_ context: ProblemContext) -> String? {
    let start = String(decoding: context.body.prefix(512), as: UTF8.self)
      .drop { $0.isWhitespace }.lowercased()
    if start.isEmpty { return context.body.isEmpty ? "empty" : "nothing but white space" }
    if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") {
      return "an HTML page" + (title(of: context.body).map { ", \($0)" } ?? "")
    }
    if start.hasPrefix("<") {
      return start.contains("urn:ietf:rfc:7807")
        ? "a problem document in XML, which HarnessXML reads" : "XML or HTML"
    }
    // Any object is a problem document once the server says so: no member is required.
    guard context.mediaType != "application/problem+json",
      let object = try? JSONValue(parsing: context.body).objectValue
    else { return nil }
    return errorForm(object)
  }

  /// The title of an HTML page as it is quoted.
  private static func title(of body: [UInt8]) -> String? {
    let text = String(decoding: body.prefix(4_096), as: UTF8.self)
    guard let start = text.firstRange(of: "<title>"),
      let end = text[start.upperBound...].firstRange(of: "</title>")
    else { return nil }
    let title = text[start.upperBound..<end.lowerBound]
    return JSONValue.string(String(title)).excerpt(limit: 80)
  }

  /// The error bodies of well-known frameworks.
  private static func errorForm(_ object: JSONObject) -> String? {
    if object["error"]?.boolValue == true, object["reason"]?.stringValue != nil {
      return #"Vapor's error form, {"error": true, "reason": …}"#
    }
    if object["error"]?["message"] != nil {
      return #"an error form of its own, {"error": {"message": …}}, as Hummingbird writes"#
    }
    if object["timestamp"] != nil, object["error"] != nil, object["path"] != nil {
      return #"Spring Boot's error form, {"timestamp", "status", "error", "path"}"#
    }
    if object["errors"]?.arrayValue != nil, object["type"] == nil, object["title"] == nil {
      return #"a list of errors, {"errors": […]}, as JSON:API and GraphQL write"#
    }
    if object["code"]?.intValue != nil, object["message"]?.stringValue != nil,
      object["details"]?.arrayValue != nil
    {
      return #"gRPC's error form, {"code", "message", "details"}"#
    }
    if object["error"]?.stringValue != nil, object["error_description"] != nil {
      return #"OAuth's error form, {"error", "error_description"} (RFC 6749, section 5.2)"#
    }
    if object["detail"]?.arrayValue != nil, object["type"] == nil {
      return #"FastAPI's error form, {"detail": […]}"#
    }
    if object["message"]?.stringValue != nil, object["type"] == nil, object["title"] == nil,
      object["detail"] == nil
    {
      return #"an error form of its own, {"message": …}"#
    }
    return nil
  }
}
