import HarnessJSON

/// Something in a text that belongs to the inside of a server: a query, a path, an address, a secret.
///
/// A text is cut into words and each is looked at by hand: it comes from the service, and a regular expression
/// can be made to take seconds by the text it reads.
struct InternalText {
  let name: String
  let level: LeakScan.Level
  let excerpt: String

  /// The surest of what is in a text; the first where several are as sure.
  static func first(in text: String, isReference: Bool) -> InternalText? {
    var found: InternalText?
    func note(_ name: String, _ level: LeakScan.Level, _ excerpt: some StringProtocol) {
      if let found, found.level >= level { return }
      found = InternalText(name: name, level: level, excerpt: String(excerpt.prefix(200)))
    }
    if let (name, level) = database(text) { note(name, level, text) }
    if text.contains("-----BEGIN "), text.contains("PRIVATE KEY-----") {
      note("a private key", .certain, "-----BEGIN … PRIVATE KEY-----")
    }
    let words = text.split { " \t\r\n\"'`(),;<>|".utf8.contains($0.asciiByte) }
    var before: Substring = ""
    for word in words {
      if let (name, level) = secret(word, after: before) { note(name, level, word) }
      if let (name, level) = address(word, isReference: isReference) { note(name, level, word) }
      if !isReference, let level = filePath(word) { note("a path of the file system", level, word) }
      before = word
    }
    return found
  }

  // MARK: Databases

  private static let driverMarks: [(String, LeakScan.Level)] = [
    ("SQLSTATE[", .certain), ("syntax error at or near", .certain), ("PSQLException", .certain),
    ("Npgsql.", .certain), ("You have an error in your SQL syntax", .certain),
    ("SqlException", .likely), ("SQLITE_ERROR", .certain), ("SQLITE_CONSTRAINT", .certain),
    ("duplicate key value violates unique constraint", .certain), ("com.mysql.", .certain),
    ("org.postgresql.", .certain), ("org.hibernate.", .certain), ("ActiveRecord::", .certain),
    ("MongoServerError", .certain), ("E11000 duplicate key", .certain),
  ]

  private static func database(_ text: String) -> (String, LeakScan.Level)? {
    for (mark, level) in driverMarks where text.contains(mark) {
      return ("an error of a database", level)
    }
    // ORA-00942
    if let range = text.firstRange(of: "ORA-"),
      text[range.upperBound...].prefix(while: \.isNumber).count == 5
    {
      return ("an error of a database", .certain)
    }
    for (first, second) in [
      ("SELECT ", " FROM "), ("INSERT INTO ", " VALUES"), ("INSERT INTO ", " SELECT "),
      ("UPDATE ", " SET "), ("DELETE FROM ", " WHERE "), ("select ", " from "),
      ("insert into ", " values"), ("update ", " set "), ("delete from ", " where "),
    ] {
      guard let start = text.firstRange(of: first),
        let end = text[start.upperBound...].firstRange(of: second)
      else { continue }
      // "Select an item from the list" is prose: lower-case statements need the signs of one.
      let statement = text[start.lowerBound...]
      if first.first?.isUppercase == true { return ("an SQL statement", .likely) }
      let marks = ["=", "*", "?", "$1", "("]
      if marks.contains(where: { text[start.upperBound..<end.lowerBound].contains($0) })
        || (statement.contains(" where ") && statement.contains("="))
      {
        return ("an SQL statement", .likely)
      }
    }
    return nil
  }

  // MARK: Secrets

  /// The beginnings of tokens and how many letters and digits follow at least.
  private static let tokens: [(String, Int, String)] = [
    ("AKIA", 16, "an AWS key"), ("ASIA", 16, "an AWS key"), ("AIza", 35, "a Google key"),
    ("ghp_", 30, "a GitHub token"), ("gho_", 30, "a GitHub token"), ("ghs_", 30, "a GitHub token"),
    ("github_pat_", 30, "a GitHub token"), ("glpat-", 20, "a GitLab token"),
    ("xoxb-", 20, "a Slack token"), ("xoxp-", 20, "a Slack token"),
    ("sk_live_", 20, "a Stripe key"), ("rk_live_", 20, "a Stripe key"),
  ]

  private static func secret(
    _ word: Substring, after before: Substring
  ) -> (String, LeakScan.Level)? {
    for (prefix, count, name) in tokens where word.utf8.count >= prefix.utf8.count + count {
      guard let range = word.firstRange(of: prefix),
        range.lowerBound == word.startIndex
          || !isTokenByte(word.utf8[word.utf8.index(before: range.lowerBound)])
      else { continue }
      if word[range.upperBound...].utf8.prefix(while: isTokenByte).count >= count {
        return (name, .certain)
      }
    }
    // A JSON Web Token: its head and its claims are JSON objects, `{"` in base64.
    if let start = word.firstRange(of: "eyJ") {
      let parts = word[start.lowerBound...].split(separator: ".", omittingEmptySubsequences: false)
      if parts.count >= 3, parts[1].hasPrefix("eyJ"), parts[0].utf8.count >= 10 {
        return ("a JSON Web Token", .certain)
      }
    }
    if before.lowercased() == "bearer", word.utf8.count >= 20, word.utf8.allSatisfy(isTokenByte) {
      return ("a bearer token", .certain)
    }
    // scheme://user:password@host
    if let scheme = word.firstRange(of: "://") {
      let authority = word[scheme.upperBound...].prefix { !"/?#".contains($0) }
      if let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":"),
        authority.index(after: colon) < at
      {
        return ("a password in an address", .certain)
      }
    }
    for name in ["password=", "pwd=", "passwd=", "secret=", "api_key=", "apikey=", "token="] {
      guard let range = word.lowercased().firstRange(of: name) else { continue }
      let value = word.lowercased()[range.upperBound...]
      if value.utf8.count >= 4, !value.hasPrefix("*"), !value.hasPrefix("{"), !value.hasPrefix("…")
      {
        return ("a credential", .likely)
      }
    }
    return nil
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || "-_.~+/=".utf8.contains(byte)
  }

  // MARK: Addresses

  private static func address(
    _ word: Substring, isReference: Bool
  ) -> (String, LeakScan.Level)? {
    // In a reference an address may be that of a service at home: a development server, a test.
    let level: LeakScan.Level = isReference ? .hint : .likely
    var host = word
    if let scheme = word.firstRange(of: "://") { host = word[scheme.upperBound...] }
    if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
    host = host.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" }
    while host.hasSuffix(".") { host = host.dropLast() }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { UInt8($0) }
    if parts.count == 4, numbers.count == 4 {
      switch (numbers[0], numbers[1]) {
      case (10, _), (192, 168), (172, 16...31), (169, 254): return ("a private address", level)
      case (127, _): return ("an address of the machine itself", .hint)
      default: return nil
      }
    }
    let name = host.lowercased()
    if name.hasSuffix(".svc.cluster.local") || name.hasSuffix(".internal")
      || name.hasSuffix(".intranet")
    {
      return ("the name of a host inside", level)
    }
    if name == "localhost" { return ("an address of the machine itself", .hint) }
    if isReference || word.utf8.count > 200 { return nil }
    // An e-mail address is often meant to be there.
    var word = word
    while word.hasSuffix(".") || word.hasSuffix(":") { word = word.dropLast() }
    let sides = word.split(separator: "@", omittingEmptySubsequences: false)
    if sides.count == 2, !sides[0].isEmpty, sides[1].contains("."), !word.contains("://"),
      !sides[1].hasPrefix("."), !sides[1].hasSuffix(".")
    {
      return ("an e-mail address", .hint)
    }
    return nil
  }

  // MARK: Paths

  private static let roots = [
    "/home/", "/Users/", "/root/", "/etc/", "/usr/", "/opt/", "/srv/", "/var/www/", "/var/lib/",
    "/var/log/", "/var/task/", "/var/run/", "/proc/", "/mnt/",
  ]

  private static func filePath(_ word: Substring) -> LeakScan.Level? {
    var path = word
    if path.hasPrefix("file://") { path = path.dropFirst(7) }
    if path.hasPrefix("\\\\"), path.utf8.count > 4 { return .likely }
    let bytes = Array(path.utf8.prefix(4))
    if bytes.count == 4, bytes[0].isLetter, bytes[1] == UInt8(ascii: ":"),
      bytes[2] == UInt8(ascii: "\\"), bytes[3].isLetter || bytes[3] == UInt8(ascii: "\\")
    {
      return .likely
    }
    guard path.hasPrefix("/") else { return nil }
    let segments = path.split(separator: "/")
    if roots.contains(where: path.hasPrefix) { return segments.count >= 2 ? .likely : nil }
    if path.hasPrefix("/tmp/") || path.hasPrefix("/app/") || path.hasPrefix("/workspace/") {
      return segments.count >= 2 ? .hint : nil
    }
    return nil
  }
}

extension Character {
  /// The byte of an ASCII character, and one that is none for any other.
  fileprivate var asciiByte: UInt8 { asciiValue ?? 0xFF }
}
