import Foundation
import HTTPTypes
import HarnessLock

/// Keeps the cookies of one client, and says which go along with a request.
///
/// It follows what RFC 6265 asks of a client, without a list of public suffixes: a test drives one service. A cookie that
/// is `Secure` goes along over TLS, and as in browsers also to a service on this machine or in this process.
public final class CookieJar: Sendable {
  private let store = Lock(CookieStore())

  /// Makes an empty jar.
  public init() {}

  /// The cookies that are kept, those that are over included, in the order in which they came.
  public var cookies: [Cookie] { store.withLock { $0.cookies } }

  /// The value of the first cookie of this name; nil where there is none.
  public func value(of name: String) -> String? {
    cookies.first { $0.name == name }?.value
  }

  /// Forgets every cookie.
  public func removeAll() {
    store.withLock { $0 = CookieStore() }
  }

  func take(_ fields: [String], from service: ServiceAddress?, path: String) {
    let now = Date().timeIntervalSince1970
    store.withLock { store in
      for field in fields {
        store.take(
          field, host: service?.host ?? "localhost", path: path, now: now,
          realm: Cookie.Realm(service))
      }
    }
  }

  func value(for service: ServiceAddress?, path: String) -> String? {
    let now = Date().timeIntervalSince1970
    return store.withLock { store in
      store.value(
        forHost: service?.host ?? "localhost", path: path,
        isSecure: service?.isTrustworthy ?? true, now: now, realm: Cookie.Realm(service))
    }
  }
}

extension CookieJar: CustomStringConvertible, CustomReflectable {
  /// Its cookies, with their values masked.
  public var description: String { "CookieJar(\(cookies))" }

  /// Its cookies, with their values masked.
  public var customMirror: Mirror { Mirror(self, children: ["cookies": cookies]) }
}

/// Decides which cookies are kept and sent; reads no clock.
///
/// Source: RFC 6265, sections 5.3 and 5.4.
struct CookieStore {
  /// A client should keep at least 3,000 (RFC 6265, section 6.1); the oldest goes first.
  static let limit = 3_000

  private(set) var cookies: [Cookie] = []

  mutating func take(
    _ field: String, host: String, path: String, now: Double, realm: Cookie.Realm = .network
  ) {
    guard
      let cookie = Cookie(
        parsing: field, host: host, requestPath: path, now: now, realm: realm)
    else { return }
    let old = cookies.firstIndex { old in
      old.name == cookie.name && old.domain == cookie.domain && old.path == cookie.path
        && old.realm == cookie.realm
    }
    // An expiry in the past is how a service takes a cookie back.
    if let expiry = cookie.expiry, expiry <= now {
      if let old { cookies.remove(at: old) }
    } else if let old {
      cookies[old] = cookie
    } else {
      cookies.append(cookie)
      if cookies.count > Self.limit { cookies.removeFirst() }
    }
  }

  /// The value of the `Cookie` field; nil where no cookie belongs there.
  ///
  /// Longer paths come first.
  func value(
    forHost host: String, path: String, isSecure: Bool = false, now: Double,
    realm: Cookie.Realm = .network
  ) -> String? {
    let sent = cookies.enumerated().filter { _, cookie in
      (cookie.expiry.map { $0 > now } ?? true)
        && cookie.realm == realm && cookie.belongs(to: host, path: path, isSecure: isSecure)
    }.sorted { one, other in
      let (length, otherLength) = (one.element.path.utf8.count, other.element.path.utf8.count)
      return length == otherLength ? one.offset < other.offset : length > otherLength
    }
    guard !sent.isEmpty else { return nil }
    return sent.map { "\($0.element.name)=\($0.element.value)" }.joined(separator: "; ")
  }
}
