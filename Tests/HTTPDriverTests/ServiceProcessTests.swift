import Foundation
@testable import HTTPDriver
import HarnessLoopback
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
      ("on localhost:81,", "on ", "http://localhost:81,"),
    ])
  func address(line: String, after: String, address: String) {
    #expect(ServiceReadiness.address(after: after).address(line) == address)
    #expect(ServiceReadiness.address(after: after).address("something else") == nil)
    #expect(ServiceReadiness.address(after: after).address(after) == nil)
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
        "/bin/sh", arguments: ["-c", "echo listening on 1; kill -9 $$"]
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
}
