@testable import HTTPDriver

/// Reads text as `Set-Cookie` fields, one a line: nothing may trap, what is sent back is what came, and no cookie goes
/// to another host.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCookie(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: libFuzzer hands over `count` bytes that live as long as the call.
  let text = unsafe String(
    decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  var store = CookieStore()
  for line in text.split(separator: "\n") {
    let field = String(line)
    if let date = CookieDate(parsing: field) {
      precondition(date.secondsSince1970.isFinite, "a date is no time")
    }
    guard
      let cookie = Cookie(
        parsing: field, host: "WWW.Example.com", requestPath: "/a/b?c", now: 1_000)
    else { continue }
    check(cookie)
    store.take(field, host: "WWW.Example.com", path: "/a/b?c", now: 1_000)
  }
  precondition(store.cookies.count <= CookieStore.limit)
  precondition(
    Set(store.cookies.map { [$0.name, $0.domain, $0.path] }).count == store.cookies.count,
    "a cookie is kept twice")
  for host in ["example.org", "notexample.com", "evil.com", "com", "127.0.0.1"] {
    precondition(
      store.value(forHost: host, path: "/a/b", now: 1_000) == nil, "a cookie goes to \(host)")
  }
  _ = store.value(forHost: "www.example.com", path: text, now: 2_000)
  _ = MediaType(text)
  return 0
}

private func check(_ cookie: Cookie) {
  // Looked for by the byte: a character may hold a semicolon and what joins it.
  let semicolon = UInt8(ascii: ";")
  precondition(
    !cookie.name.isEmpty && !cookie.name.utf8.contains(semicolon)
      && !cookie.value.utf8.contains(semicolon))
  precondition(
    cookie.domain == "www.example.com" || "www.example.com".hasSuffix(".\(cookie.domain)"))
  precondition(cookie.path.utf8.first == UInt8(ascii: "/"))
  precondition(cookie.expiry.map { !$0.isNaN } ?? true)
  let again = Cookie(
    parsing: "\(cookie.name)=\(cookie.value)", host: cookie.domain, requestPath: "/", now: 0)
  precondition(again?.name == cookie.name && again?.value == cookie.value, "it is read as another")
}
