import Foundation
@testable import HTTPDriver
import HarnessLoopback
import HarnessProcess
import Testing
import Waiters

@Suite struct `A service process` {
  @Test func `is driven when it is ready, and stopped`() async throws {
    let script = "echo starting; echo listening on 127.0.0.1:41234 now; exec tail -f /dev/null"
    try await withServiceProcess("/bin/sh", arguments: ["-c", script]) { service in
      #expect(service.address == "http://127.0.0.1:41234")
      #expect(service.standardOutput.hasPrefix("starting\n"))
    }
  }

  @Test(
    "tells its address in several forms",
    arguments: [
      ("port=8080", "port=", "http://127.0.0.1:8080"),
      ("ready at http://[::1]:80/api ok", "at ", "http://[::1]:80/api"),
      ("on localhost:81,", "on ", "http://localhost:81"),
      ("(see \"http://[::1]:81\").", "see \"", "http://[::1]:81"),
    ])
  func address(line: String, after: String, address: String) {
    #expect(ServiceReadiness.address(after: after).address(line) == address)
    #expect(ServiceReadiness.address(after: after).address("something else") == nil)
    #expect(ServiceReadiness.address(after: after).address(after) == nil)
  }

  @Test func `may tell an address of TLS without saying so`() {
    let ready = ServiceReadiness.address(after: "listening on ", scheme: "https")
    #expect(ready.address("listening on 127.0.0.1:41234") == "https://127.0.0.1:41234")
    #expect(ready.address("listening on 41234") == "https://127.0.0.1:41234")
    #expect(ready.address("listening on http://[::1]:80") == "http://[::1]:80")
  }

  static let hasPython = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

  @Test(.enabled(if: hasPython, "needs /usr/bin/python3"))
  func `may be written in another language`() async throws {
    try await withTemporaryFile("hello.txt", Array("hello".utf8)) { path in
      let folder = path.split(separator: "/").dropLast().joined(separator: "/")
      try await withServiceProcess(
        "/usr/bin/python3",
        arguments: ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "-d", "/\(folder)"],
        ready: .address(after: " port ")
      ) { service in
        let http = HTTPDriver(service.address)
        try await http.get("/hello.txt")
          .expect(status: .ok)
          .expectMediaType("text/plain")
          .expectHeader("Content-Length", "5")
        try await http.get("/nothing").expect(status: .notFound)
        try await http.post("/hello.txt", .text("x")).expect(status: .notImplemented)
      }
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let script: String
    var deadline = Duration.seconds(20)
    let text: String
    var testDescription: String { script }
  }

  @Test(
    arguments: [
      Case(
        script: "echo one; echo two >&2; exit 3",
        text: """
          sh: ended with exit status 3 before it was ready
            output    one
            error     two
          """),
      Case(
        script: "exec tail -f /dev/null", deadline: .milliseconds(300),
        text: """
          sh: not ready within \(Deadline.effective(within: .milliseconds(300))); waited for a line with \
          "listening on " and the address
            output    none
          """),
      Case(
        script:
          "trap 'echo bye; exit 4' TERM; echo listening on 1; tail -f /dev/null & wait",
        text: """
          sh: ended with exit status 4, when it was asked to stop
            output    listening on 1
                      bye
          """),
    ])
  func `says why it failed, with its output`(_ failing: Case) async throws {
    let texts = try await failureTexts {
      try await withServiceProcess(
        "/bin/sh", arguments: ["-c", failing.script], within: failing.deadline
      ) { _ in }
    }
    #expect(texts == [failing.text])
  }

  @Test func `that gives up by itself is a failure, whatever its status`() async throws {
    let texts = try await failureTexts {
      let script = "echo listening on 1; read line; exit 0"
      try await withServiceProcess("/bin/sh", arguments: ["-c", script]) { service in
        _ = await service.process.exit()
      }
    }
    #expect(
      texts == [
        """
        sh: ended with exit status 0, though nobody had asked it to; a test that makes it end calls stop()
          output    listening on 1
        """
      ])
  }

  @Test func `that ends by itself and was asked to stop is none`() async throws {
    let script = "echo listening on 1; read line; exit 0"
    try await withServiceProcess("/bin/sh", arguments: ["-c", script]) { service in
      await service.stop()
    }
  }

  @Test(
    "is not started where nobody could know that it is ready",
    arguments: [
      (ServiceReadiness.accepting(at: "127.0.0.1:8080"), "write it like http://127.0.0.1:8080"),
      (.health("/health", at: "https://localhost"), "https needs HTTPTransport.tls"),
    ])
  func unusableReadiness(ready: ServiceReadiness, reason: String) async throws {
    let texts = try await failureTexts {
      try await withServiceProcess("/nowhere/service", ready: ready) { _ in }
    }
    #expect(texts.count == 1)
    #expect(texts.allSatisfy { $0.hasPrefix("service: not started: the address ") })
    #expect(texts.allSatisfy { $0.contains(reason) }, "\(texts)")
  }

  @Test func `may accept connections of TLS`() {
    #expect(
      ReadinessAttempts.listener(at: "https://localhost:8443") == .port(8443, at: "localhost"))
  }

  @Test func `that cannot be started says so`() async throws {
    let texts = try await failureTexts {
      try await withServiceProcess("/nowhere/service") { _ in }
    }
    #expect(texts == ["cannot start /nowhere/service: No such file or directory"])
  }

  @Test func `that dies explains the failure of the body`() async throws {
    struct Broken: Error {}
    let texts = try await failureTexts {
      try await withServiceProcess(
        // It may be asked to stop before it has killed itself.
        "/bin/sh", arguments: ["-c", "trap '' TERM; echo listening on 1; kill -9 $$"]
      ) { service in
        await service.stop()
        throw Broken()
      }
    }
    #expect(
      texts.first == """
        sh: ended with signal 9
          output    listening on 1
        """)
  }

  /// A service in Python, whose arguments say where it listens.
  ///
  /// They are `port N`, `unix PATH` or `fd N`. It answers 503 on /health until it was asked three times.
  static let service = """
    import http.server, os, socket, socketserver, sys
    class Handler(http.server.BaseHTTPRequestHandler):
      asked = 0
      def do_GET(self):
        Handler.asked += self.path == "/health"
        code = 503 if self.path == "/health" and Handler.asked < 3 else 200
        body = f"{os.environ.get('LISTEN_FDS', '')} {os.environ.get('LISTEN_PID', '') == str(os.getpid())}".encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
      def address_string(self): return "client"
      def log_message(self, *rest): pass
    class Server(http.server.HTTPServer):
      def server_bind(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
    kind, value = sys.argv[1:]
    if kind == "port": server = Server(("127.0.0.1", int(value)), Handler)
    elif kind == "unix":
      Server.address_family = socket.AF_UNIX
      server = Server(value, Handler)
    else:
      server = Server(("127.0.0.1", 0), Handler, bind_and_activate=False)
      server.socket.close()
      server.socket = socket.socket(fileno=int(value))
    server.serve_forever()
    """

  @Test(
    .enabled(if: hasPython, "needs /usr/bin/python3"),
    arguments: [ServiceListening.unixSocket, .inheritedSocket, .portNumber],
    [ServiceReadiness.accepting, .health("/health")])
  func `listens where it was told`(
    _ listening: ServiceListening, _ ready: ServiceReadiness
  ) async throws {
    let path = Mailbox<String>("paths")
    try await withServiceProcess(
      "/usr/bin/python3", listening: listening,
      arguments: { place in
        let way =
          place.descriptor.map { ["fd", "\($0)"] } ?? place.socketPath.map { ["unix", $0] }
          ?? ["port", "\(place.port ?? 0)"]
        return ["-u", "-c", Self.service] + way
      }, ready: ready
    ) { service in
      let http = HTTPDriver(service.address)
      let exchange = try await http.get("/").expect(status: .ok)
      #expect(exchange.text == (listening == .inheritedSocket ? "1 True" : " False"))
      if case .health = ready.kind { try await http.get("/health").expect(status: .ok) }
      path.send(service.address)
    }
    let address = try await path.next()
    if let path = HTTPTransport.socketPath(in: address) {
      let folder = path.split(separator: "/").dropLast().joined(separator: "/")
      #expect(!FileManager.default.fileExists(atPath: "/\(folder)"))
    } else {
      #expect(await HTTPDriver(address).outcome(.get, "/").error?.code == .connectionRefused)
    }
  }

  @Test(
    arguments: [
      (
        ServiceListening.portNumber, ServiceReadiness.accepting, "exec tail -f /dev/null",
        "; waited for somebody who accepts connections\n  output    none"
      ),
      (
        .unixSocket, .health("/h"), "echo up; exec tail -f /dev/null",
        "; waited for GET /h to be answered with 2xx; the last of "
      ),
      (
        .portNumber, .accepting, "echo no >&2; exit 3",
        "sh: ended with exit status 3 before it was ready\n  error     no"
      ),
      (
        .inheritedSocket, .health("/h"), "exit 4",
        "sh: ended with exit status 4 before it was ready\n  output    none"
      ),
    ])
  func `that is not ready at its place says what was tried`(
    _ listening: ServiceListening, _ ready: ServiceReadiness, _ script: String, _ text: String
  ) async throws {
    let texts = try await failureTexts {
      try await withServiceProcess(
        "/bin/sh", listening: listening, arguments: { _ in ["-c", script] }, ready: ready,
        within: text.hasPrefix("sh") ? .seconds(20) : .milliseconds(300)
      ) { _ in }
    }
    #expect(texts.count == 1)
    #expect(texts.first?.contains(text) == true, "\(texts)")
  }

  @Test func `has an address of its own, or is not started`() async throws {
    let texts = try await failureTexts {
      try await withServiceProcess("/bin/true", ready: .health("/h")) { _ in }
    }
    #expect(
      texts == [
        """
        true: not started, as nobody knows where to look for GET /h to be answered with 2xx; say it by `at:`, or give \
        the service a place by `listening:`
        """
      ])
  }

  @Test func `may be looked for at an address that the test knows`() async throws {
    try await withHTTPServer({ _, _ in HTTPReply(.ok) }) { server in
      for ready in [
        ServiceReadiness.accepting(at: server.address), .health("/", at: server.address),
      ] {
        try await withServiceProcess(
          "/usr/bin/tail", arguments: ["-f", "/dev/null"], ready: ready
        ) { service in #expect(service.address == server.address) }
      }
    }
  }

  #if os(Linux)
    /// Held until the service has it: nobody else is assigned it meanwhile.
    @Test func `gets a port that the system gives to nobody else`() throws {
      let slot = try ServiceSlot(.portNumber)
      defer { slot.release() }
      let others = try (0..<200).map { _ in try LoopbackSocket.listening() }
      defer { for other in others { other.close() } }
      #expect(!others.contains { $0.port == slot.place.port })
    }
  #endif
}
