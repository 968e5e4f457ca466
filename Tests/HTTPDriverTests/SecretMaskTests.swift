import HTTPTypes
import HarnessReporting
import Testing

@testable import HTTPDriver

@Suite struct `Secrets in reports` {
  @Test(
    "are masked in header fields",
    arguments: [
      (HTTPField.Name.authorization, "Bearer abc.def", "Bearer ***"),
      (.authorization, "abc", "***"),
      (.proxyAuthorization, "Basic dTpw", "Basic ***"),
      (.cookie, "session=s3cret; theme=dark", "session=***; theme=***"),
      (.cookie, "bare", "***"),
      (.setCookie, "session=s3cret; Path=/; HttpOnly", "session=***; Path=/; HttpOnly"),
      (.location, "http://ann:s3cret@127.0.0.1/x", "http://ann:***@127.0.0.1/x"),
      (.location, "/callback?access_token=s3cret&a=1", "/callback?access_token=***&a=1"),
      (.init("X-API-Key")!, "s3cret", "***"),
      (.init("X-Auth-Token")!, "s3cret", "***"),
      (.init("Client-Secret")!, "s3cret", "***"),
      (.init("X-Private-Key")!, "s3cret", "***"),
      (.init("X-Auth-Key")!, "s3cret", "***"),
      (.init("X-Api-Key-1")!, "s3cret", "***"),
      (.init("X-Auth-Token-2")!, "s3cret", "***"),
      (.init("X-Access-Key")!, "s3cret", "***"),
      (.init("Ocp-Apim-Subscription-Key")!, "s3cret", "***"),
      (.init("X-Functions-Key")!, "s3cret", "***"),
      (.init("Idempotency-Key")!, "order-7", "order-7"),
      (.secWebSocketKey, "AAAA", "AAAA"),
      (.accept, "application/json", "application/json"),
    ])
  func fields(name: HTTPField.Name, value: String, shown: String) {
    #expect(SecretMask.value(of: HTTPField(name: name, value: value)) == shown)
  }

  @Test(
    "are masked in text by how their names end",
    arguments: [
      ("X-Auth-Token: s3cret", "X-Auth-Token: ***"),
      ("x-auth-token: s3 cret\r\nA: b", "x-auth-token: ***\r\nA: b"),
      ("{\"csrf_token\":\"s3cret\",\"a\":1}", "{\"csrf_token\":\"***\",\"a\":1}"),
      ("/a?new_password=s3cret&b=1", "/a?new_password=***&b=1"),
      ("run --auth-token=s3cret --verbose", "run --auth-token=*** --verbose"),
      ("new password: too short", "new password: too short"),
      (
        "user%5Bpassword%5D=s3cret&user[token]=s3cret&a[b]=c",
        "user%5Bpassword%5D=***&user[token]=***&a[b]=c"
      ),
      (
        "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\ns3 cret\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n***\r\n--b--"
      ),
      (
        "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nplain\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nplain\r\n--b--"
      ),
      ("{\"password\":\"\",\"email\":\"a@b\"}", "{\"password\":\"\",\"email\":\"a@b\"}"),
      ("{\"password\":\"\"}", "{\"password\":\"\"}"),
      ("{'password': 'x', 'user': 'bob'}", "{'password': '***', 'user': 'bob'}"),
      ("password='ab\"cd' user=bob", "password='***' user=bob"),
      (#"{\"password\":\"s3cret\",\"a\":1}"#, #"{\"password\":\"***\",\"a\":1}"#),
      (
        "password1=s3cret&password_confirmation=s3cret&a=1",
        "password1=***&password_confirmation=***&a=1"
      ),
      ("<input name=\"password\">\r\n\r\ntext", "<input name=\"password\">\r\n\r\ntext"),
      ("tokens: 7, broken=yes", "tokens: 7, broken=yes"),
    ])
  func text(_ text: String, _ shown: String) {
    #expect(text.withSecretsMasked == shown)
  }

  @Test func `are shown by no driver, transport or cookie`() async throws {
    let http = HTTPDriver("http://ann:s3cret@127.0.0.1:1").authorized(.bearer("s3cret-token"))
      .keepingCookies()
    let jar = CookieJar()
    jar.take(["session=s3cret; Path=/a"], from: try ServiceAddress(parsing: "http://h"), path: "/")
    let cookie = try #require(jar.cookies.first)
    #expect("\(http)" == "HTTPDriver(http://ann:***@127.0.0.1:1)")
    #expect("\(cookie)" == "session=***; Domain=h; Path=/a")
    #expect("\(jar)" == "CookieJar([session=***; Domain=h; Path=/a])")
    var dumped = ""
    dump(http, to: &dumped)
    dump(HTTPTransport.address("http://ann:s3cret@127.0.0.1:1"), to: &dumped)
    dump(jar, to: &dumped)
    dump(HTTPAuthorization.bearer("s3cret"), to: &dumped)
    #expect(!dumped.contains("s3cret"), "\(dumped)")
  }

  @Test(
    "are masked in URLs",
    arguments: [
      ("http://u:p@h/", "http://u:***@h/"),
      ("see http://u:p@h and ftp://v:q:r@h.", "see http://u:***@h and ftp://v:***@h."),
      ("http://u@h/a:b@c", "http://u@h/a:b@c"),
      ("http://h/?next=http://u:p@h", "http://h/?next=http://u:***@h"),
      ("mail ann@example.com", "mail ann@example.com"),
      ("http://u:p@q@h", "http://u:***@h"),
    ])
  func urls(text: String, shown: String) {
    #expect(SecretMask.maskURLPasswords(text) == shown)
  }
}
