import Foundation
import HTTPTypes

/// Decides what a redirect asks for.
///
/// Source: RFC 9110, section 15.4.
struct RedirectRule {
  enum Decision: Equatable {
    /// It is no redirect, or names no place.
    case stay
    /// To ask for `path` with the method, and with the body where `keepsBody`.
    case follow(method: HTTPRequest.Method, path: String, keepsBody: Bool)
    /// It leads where the driver cannot follow.
    case refuse(String)
  }

  /// The service that is driven: scheme and authority of its requests; nil in process.
  let authority: String?

  func decide(_ request: HTTPRequest, _ response: HTTPResponse) -> Decision {
    guard [301, 302, 303, 307, 308].contains(response.status.code),
      let location = response.headerFields[.location]
    else { return .stay }
    let address = "\(request.scheme ?? "http")://\(authority ?? "localhost")\(request.path ?? "/")"
    guard let base = URLComponents(string: address), let url = base.url,
      let target = URL(string: location, relativeTo: url),
      let parts = URLComponents(url: target.absoluteURL, resolvingAgainstBaseURL: true)
    else {
      let shown = Excerpt.line(location, limit: 200)
      return .refuse("the redirect leads to \"\(shown)\", which is no URL")
    }
    // Scheme and host have no case (RFC 9110, section 4.2.3).
    guard let scheme = parts.scheme?.lowercased(), scheme == base.scheme?.lowercased(),
      let host = parts.host?.lowercased(), host == base.host?.lowercased(),
      parts.port ?? ServiceAddress.port(of: scheme) == base.port ?? ServiceAddress.port(of: scheme)
    else {
      return .refuse("the redirect leaves the service, to \(Excerpt.line(location, limit: 200))")
    }
    var path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
    if let query = parts.percentEncodedQuery { path += "?\(query)" }
    switch response.status.code {
    case 303 where request.method != .head, 301 where request.method == .post,
      302 where request.method == .post:
      return .follow(method: .get, path: path, keepsBody: false)
    default: return .follow(method: request.method, path: path, keepsBody: true)
    }
  }
}
