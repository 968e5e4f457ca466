import Testing

@testable import Waiters

@Suite struct `A wait for a listener` {
  @Test func `ends where somebody listens`() async throws {
    let listener = TestListener()
    listener.listen()
    try await waitForListener(at: .port(listener.port))
    try await waitForListener(at: .port(listener.port, at: "localhost"))
  }

  @Test func `ends when somebody begins to listen`() async throws {
    let listener = TestListener()
    // A wait with no time tries once: the port is refused as yet.
    #expect(await outcomeOfListener(at: .port(listener.port), within: .zero).value == nil)
    async let accepted: Void = waitForListener(at: .port(listener.port))
    listener.listen()
    try await accepted
  }

  @Test func `is woken by the file of a socket`() async throws {
    let folder = try TemporaryFolder()
    let path = folder["run/service.sock"]
    #expect(await outcomeOfListener(at: .unixSocket(path), within: .zero).value == nil)
    async let accepted: Void = waitForListener(at: .unixSocket(path), within: .seconds(60))
    try folder.makeFolder("run")
    let listener = TestListener(path: path)
    listener.listen()
    try await accepted
  }

  @Test func `says what the attempts found`() async throws {
    let listener = TestListener()
    let text = try await steadyText(outcomeOfListener(at: .port(listener.port), within: .zero))
      .replacing("\(listener.port)", with: "PORT")
    #expect(
      text == """
        Timed out waiting for a listener at 127.0.0.1:PORT
          waited    1.25 s
          deadline  0 ms, set by this wait
          verdict   Connection refused
          attempts  1:
                    #1 at some time  Connection refused
          try       see that the service has started, and that it listens at this address
        """)
  }

  @Test func `tells a missing socket from one where nobody listens`() async throws {
    let folder = try TemporaryFolder()
    let missing = await outcomeOfListener(at: .unixSocket(folder["none"]), within: .zero)
    #expect(try steadyText(missing).contains("No such file or directory"))
    let silent = TestListener(path: folder["silent"])
    let refused = await outcomeOfListener(at: .unixSocket(folder["silent"]), within: .zero)
    #expect(try steadyText(refused).contains("Connection refused"))
    withExtendedLifetime(silent) {}
  }

  @Test func `says that a name is not known`() async throws {
    // RFC 6761, section 6.4: the names under `invalid` are never known.
    let outcome = await outcomeOfListener(
      at: .port(80, at: "nobody.invalid"), within: .milliseconds(200))
    #expect(try steadyText(outcome).contains("nobody.invalid"))
  }

  @Test func `ends at no address that cannot be`() async throws {
    let listener = TestListener()
    listener.listen()
    // The system takes the lower 16 bits.
    for port in [listener.port + 65_536, listener.port - 65_536] {
      let outcome = await outcomeOfListener(at: .port(port), within: .zero)
      #expect(try steadyText(outcome).contains("verdict   a port is a number from 1 to 65535"))
    }
  }

  @Test func `takes an address in brackets, as a URL has it`() async throws {
    #expect(ListenerAddress.port(80, at: "[::1]") == .port(80, at: "::1"))
    #expect(ListenerAddress.port(80, at: "[name]") != .port(80, at: "name"))
  }

  @Test func `takes a relative path that is short enough, however deep the folder is`() async throws
  {
    let folder = try TemporaryFolder()
    let listener = TestListener(path: folder["s"])
    listener.listen()
    let up = workingDirectory().split(separator: "/").map { _ in ".." }.joined(separator: "/")
    var path = up + folder["s"]
    try #require(path.utf8.count <= SocketAddress.longestPath)
    // With the working directory before it this is too long.
    while path.utf8.count + 2 <= SocketAddress.longestPath { path = "./" + path }
    try await waitForListener(at: .unixSocket(path))
    #expect(ListenerAddress.connectable("s", absolute: "/run/s") == "/run/s")
    #expect(
      ListenerAddress.connectable("s", absolute: "/" + String(repeating: "x", count: 107)) == "s")
  }

  @Test(arguments: [
    (ListenerAddress.port(0), "a port is a number from 1 to 65535"),
    (.port(65_536), "a port is a number from 1 to 65535"),
    (.unixSocket(""), "the path has 0 bytes"), (.unixSocket("a\0b"), "the path has a NUL in it"),
    (.unixSocket("/" + String(repeating: "x", count: 200)), "the path has 201 bytes"),
  ])
  func `refuses an address that cannot be`(address: ListenerAddress, misuse: String) throws {
    #expect(try #require(address.misuse).hasPrefix(misuse))
  }

  @Test(arguments: [
    (ListenerAddress.port(80), "127.0.0.1:80"), (.port(80, at: "::1"), "[::1]:80"),
    (.port(80, at: "[::1]"), "[::1]:80"),
    (.unixSocket("/run/x"), "/run/x"),
  ])
  func `shows its address`(address: ListenerAddress, text: String) {
    #expect("\(address)" == text)
    #expect(address.misuse == nil)
  }
}
