import HTTPTypes
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
      (.secWebSocketKey, "AAAA", "AAAA"),
      (.accept, "application/json", "application/json"),
    ])
  func fields(name: HTTPField.Name, value: String, shown: String) {
    #expect(SecretMask.value(of: HTTPField(name: name, value: value)) == shown)
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
