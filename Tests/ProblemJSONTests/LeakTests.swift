import Testing

@testable import ProblemJSON

@Suite struct `The search for leaks` {
  @Test(arguments: [
    (
      "0 [ra] 0x0000559c0f3a1b2c main + 12 in App at /app/Sources/App.swift:3:4",
      "a Swift stack trace"
    ),
    ("App/Store.swift:41: Fatal error: Index out of range", "a Swift stack trace"),
    (
      "Fatal error: Unexpectedly found nil while unwrapping an Optional value",
      "a Swift stack trace"
    ),
    ("Thread 3 crashed:", "a Swift stack trace"),
    ("7 0x00007f1c2b3d4e5f $s12DailyReports5StoreC4saveyyF", "a Swift stack trace"),
    ("\tat com.example.reports.Store.save(Store.java:42)", "a JVM stack trace"),
    ("at org.example.Main$Companion.run(Main.kt:7)", "a JVM stack trace"),
    ("at java.lang.Thread.run(Unknown Source)", "a JVM stack trace"),
    ("Caused by: java.sql.SQLTimeoutException: late", "a JVM stack trace"),
    ("   at Reports.Store.Save(String name) in C:\\app\\Store.cs:line 12", "a .NET stack trace"),
    ("at System.Text.Json.JsonSerializer.Deserialize(Stream utf8Json)", "a .NET stack trace"),
    ("    at save (/app/store.js:10:15)", "a Node.js stack trace"),
    ("at async file:///app/store.mjs:3:1", "a Node.js stack trace"),
    ("at processTicks (node:internal/process/task_queues:95:5)", "a Node.js stack trace"),
    ("Traceback (most recent call last):", "a Python traceback"),
    ("  File \"/app/store.py\", line 12, in save", "a Python traceback"),
    ("goroutine 17 [running]:", "a Go stack trace"),
    ("panic: runtime error: index out of range [3] with length 3", "a Go stack trace"),
    ("\t/app/store.go:31 +0x1d", "a Go stack trace"),
    ("#0 /var/www/store.php(12): save()", "a PHP stack trace"),
    ("app/models/store.rb:12:in 'save'", "a Ruby stack trace"),
  ])
  func `is certain of stack traces`(_ line: String, _ name: String) {
    let leaks = LeakScan(["detail": .string("Something went wrong.\n\(line)\nmore")]).leaks
    #expect(leaks.map(\.message) == ["certainly \(name)"])
    #expect(leaks.map(\.level) == [.certain])
    #expect(leaks.map(\.pointer.description) == ["/detail"])
  }

  @Test(arguments: [
    ("java.lang.IllegalStateException: closed", "the class of an exception"),
    ("System.ArgumentNullException", "the class of an exception"),
    ("failed in Store.swift:41", "a place in the source code"),
    ("store.py:12 refused it", "a place in the source code"),
  ])
  func `takes traces of the inside for likely`(_ text: String, _ name: String) {
    let leaks = LeakScan(["errors": [["detail": .string(text)]]]).leaks
    #expect(leaks.map(\.message) == ["probably \(name)"])
    #expect(leaks.map(\.pointer.description) == ["/errors/0/detail"])
  }

  @Test func `takes a trace in an array of lines for one leak`() {
    let leaks = LeakScan(["stackTrace": ["at a.b.C.d(C.java:1)", "at a.b.C.e(C.java:2)"]]).leaks
    #expect(leaks.map(\.message) == ["certainly a JVM stack trace"])
    #expect(leaks.map(\.pointer.description) == ["/stackTrace"])
  }

  @Test(arguments: [
    ("stack_trace", LeakScan.Level.likely), ("stackTrace", .likely), ("exception", .hint),
    ("debug", .hint), ("stack", .hint),
  ])
  func `looks at the names of members`(_ name: String, _ level: LeakScan.Level) {
    #expect(LeakScan(.object(.init([.init(name: name, value: "x")]))).leaks.map(\.level) == [level])
    #expect(LeakScan(.object(.init([.init(name: name, value: .null)]))).leaks.isEmpty)
    #expect(LeakScan(.object(.init([.init(name: name, value: "")]))).leaks.isEmpty)
  }

  @Test(arguments: [
    "Meet us at Example Street (house 5)", "at 12:30 the service stops", "Look at the guide.",
    "The value 0xDEADBEEF is not a colour", "panic is not needed: try again",
    "The file report.xlsx has no sheet", "See example.org:8080", "GET /a.b.c failed",
    "No exception is made for version 1.2.3", "Out of range: 3 + 4 in total",
    "00-217e7dabbd677285806be6f7c47165f9-f27787f3432d9c8d-00", "#1 choice",
    "Learn Swift in 21 days", "See https://tienda.com.py:8443/ayuda",
    "Thread 3 of the forum is closed", "An Error. Another Error",
  ])
  func `finds nothing in innocent texts`(_ text: String) {
    #expect(LeakScan(["detail": .string(text), "traceId": "x", "requestId": "y"]).leaks.isEmpty)
  }

  @Test func `takes a list of calls for likely`() {
    #expect(LeakScan(["stack": ["save", "main"]]).leaks.map(\.level) == [.likely])
    #expect(LeakScan(["stack": "save\nmain"]).leaks.map(\.level) == [.likely])
  }

  @Test func `reads a hostile line in no time`() {
    let text = String(repeating: "0x", count: 2_000_000) + ".swift:"
    #expect(LeakScan(["detail": .string(text)]).leaks.isEmpty)
  }

  @Test(arguments: [
    ("ERROR: syntax error at or near \"WHERE\"", "certainly an error of a database"),
    ("SQLSTATE[42S02]: Base table not found", "certainly an error of a database"),
    ("ORA-00942: table or view does not exist", "certainly an error of a database"),
    ("failed: SELECT id, name FROM users WHERE id = 7", "probably an SQL statement"),
    ("insert into orders (id) values ($1)", "probably an SQL statement"),
    ("update orders set total = 1 where id = 7", "probably an SQL statement"),
    ("cannot open /home/ci/app/config.json", "probably a path of the file system"),
    ("cannot open '/etc/ssl/private.key'", "probably a path of the file system"),
    ("C:\\inetpub\\wwwroot\\web.config is missing", "probably a path of the file system"),
    ("no space left in /tmp/upload-7", "perhaps a path of the file system"),
    ("connection to 10.0.3.7:5432 refused", "probably a private address"),
    ("no route to http://192.168.1.20/api", "probably a private address"),
    ("dial orders.default.svc.cluster.local:80", "probably the name of a host inside"),
    ("cannot reach localhost:6379", "perhaps an address of the machine itself"),
    ("postgres://app:s3cret@db.example.com/x", "certainly a password in an address"),
    ("sent Authorization: Bearer abcdefghijklmnopqrstuvwx", "certainly a bearer token"),
    (
      "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc", "certainly a JSON Web Token"
    ),
    ("key AKIAIOSFODNN7EXAMPLE is disabled", "certainly an AWS key"),
    ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "certainly a GitHub token"),
    ("Server=db;Password=hunter22;", "probably a credential"),
    ("-----BEGIN RSA PRIVATE KEY-----\nMII", "certainly a private key"),
    ("write to support@example.com.", "perhaps an e-mail address"),
  ])
  func `finds what belongs to the inside of a server`(_ text: String, _ message: String) {
    let leaks = LeakScan(["detail": .string(text)]).leaks
    #expect(leaks.map(\.message) == [message])
    #expect(leaks.map(\.isTrace) == [false])
  }

  @Test func `does not take the paths of addresses for those of files`() {
    #expect(LeakScan(["type": "/etc/problems/x", "instance": "/home/7/posts"]).leaks.isEmpty)
    #expect(
      LeakScan(["type": "http://10.0.0.7/problems/x"]).leaks.map(\.level) == [.hint])
  }

  @Test(arguments: [
    "Select an item from the list", "Update your profile set in the menu", "Delete from cart",
    "A valid Bearer token or API key is required", "No resource /enterprises/0206731645 found",
    "Version 10.0.3 is required", "The ratio is 1.2.3.4 to one", "password=*** was masked",
    "the password must have 8 characters", "Go to /usr", "See https://example.com/home/a/b",
    "order 300.10.20.30", "a@b", "the token is expired", "INSERT a coin", "eyJ is a prefix",
    "Pay 192.168 dinars", "kong:trace:6591723055278037644",
  ])
  func `takes prose for prose`(_ text: String) {
    #expect(LeakScan(["detail": .string(text)]).leaks.isEmpty)
  }

  @Test(.timeLimit(.minutes(15)), arguments: ["a@", "://a:", "SELECT ", "/etc/", "eyJ.", "10."])
  func `reads hostile texts in no time`(_ part: String) {
    let text = String(repeating: part, count: 1_000_000)
    #expect(LeakScan(["detail": .string(text)]).leaks.count <= 1)
  }
}
