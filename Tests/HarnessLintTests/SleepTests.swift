import Testing

@testable import HarnessLint

@Suite struct `The sleep rule` {
  @Test(arguments: [
    Snippet("try await Task.sleep(for: .seconds(1))", "1:16 task Task.sleep"),
    Snippet("try await Task.sleep(nanoseconds: 5)", "1:16 task Task.sleep"),
    Snippet("Task<Never, Never>.sleep(nanoseconds: 5)", "1:20 task Task.sleep"),
    Snippet("Task<[Int: (Int) -> Int], any Error> . sleep(until: x)", "1:40 task Task.sleep"),
    Snippet("_Concurrency.Task.sleep(for: x)", "1:19 task _Concurrency.Task.sleep"),
    Snippet("_Concurrency::Task.sleep(for: x)", "1:20 task Task.sleep"),
    Snippet("try await Task\n  .sleep(for: x)", "2:4 task Task.sleep"),
    Snippet("Task /* a */ . // b\n /* c */ sleep // d\n", "2:10 task Task.sleep"),
    Snippet("Task.`sleep`(for: x)", "1:6 task Task.sleep"),
    Snippet("let wait = Task.sleep(for:tolerance:clock:)", "1:17 task Task.sleep"),
    Snippet("let wait = Task<Never, Never>.sleep", "1:31 task Task.sleep"),
    Snippet("Thread.sleep(forTimeInterval: 0.1)", "1:8 thread Thread.sleep"),
    Snippet("Foundation.Thread.sleep(until: d)", "1:19 thread Foundation.Thread.sleep"),
    Snippet("let f = Thread.sleep", "1:16 thread Thread.sleep"),
  ])
  func `finds tasks and threads that sleep`(snippet: Snippet) throws { try snippet.check() }

  @Test(arguments: [
    Snippet("sleep(1)", "1:1 thread sleep"),
    Snippet("_ = sleep (1)", "1:5 thread sleep"),
    Snippet("`sleep`(1)", "1:1 thread sleep"),
    Snippet("Foundation.sleep(1)", "1:12 thread Foundation.sleep"),
    Snippet(
      "Glibc.usleep(1); Darwin.nanosleep(&a, nil)",
      "1:7 thread Glibc.usleep", "1:25 thread Darwin.nanosleep"),
    Snippet("Foundation::sleep(1)", "1:13 thread sleep"),
    Snippet("let f = usleep", "1:9 thread usleep"),
    Snippet("let f = sleep", "1:9 thread sleep"),
    Snippet("let f = sleep as (UInt32) -> UInt32", "1:9 thread sleep"),
    Snippet("times.forEach(usleep)", "1:15 thread usleep"),
    Snippet("times.map(sleep)", "1:11 thread sleep"),
    Snippet("let f = Glibc.sleep", "1:15 thread Glibc.sleep"),
    Snippet("clock_nanosleep(CLOCK_MONOTONIC, 0, &a, nil)", "1:1 thread clock_nanosleep"),
    Snippet("thrd_sleep(&a, nil)", "1:1 thread thrd_sleep"),
    Snippet("import func Glibc.usleep\nimport Glibc"),
    Snippet("import Glibc\nGlibc.usleep(1000)", "2:7 thread Glibc.usleep"),
    Snippet("import Glibc // c\n  Glibc\n  .usleep(1)", "3:4 thread Glibc.usleep"),
  ])
  func `finds the functions of the C library`(snippet: Snippet) throws { try snippet.check() }

  @Test(arguments: [
    Snippet(
      "queue.asyncAfter(deadline: .now() + 1) { done() }", "1:7 delayedBlock queue.asyncAfter"),
    Snippet(
      "DispatchQueue.main\n  .asyncAfter(deadline: x, execute: item)",
      "2:4 delayedBlock DispatchQueue.main.asyncAfter"),
    Snippet(
      "DispatchQueue.global(qos: .utility).asyncAfter(deadline: x) {}",
      "1:37 delayedBlock global(…).asyncAfter"),
    Snippet("func asyncAfter(_ x: Int) {}"),
    Snippet(
      "import Foundation\nqueue.asyncAfter(deadline: x) {}", "2:7 delayedBlock queue.asyncAfter"),
  ])
  func `finds blocks that run after a time`(snippet: Snippet) throws { try snippet.check() }

  @Test(arguments: [
    Snippet("// Task.sleep(for: x)\n/* sleep(1) /* usleep(1) */ sleep(2) */"),
    Snippet(#"let a = "sleep(1) \"usleep(1)\" Task.sleep""#),
    Snippet("let a = \"\"\"\n  sleep(1) \"usleep(1)\"\n  \"\"\""),
    Snippet(##"let a = #"sleep(1) " \(sleep(1))"#"##),
    Snippet(#"let a = /sleep(1) "usleep/"#),
    Snippet("let a = #/\n sleep(1) \"\n/#"),
    Snippet(
      #"let a = "\(sleep(1)) and \("\(usleep(2))")""#, "1:12 thread sleep", "1:31 thread usleep"),
    Snippet("let a = \"\"\"\n  \\(try await Task.sleep(for: x))\n  \"\"\"", "2:20 task Task.sleep"),
    Snippet(##"let a = #"\#(sleep(1))"#"##, "1:14 thread sleep"),
    Snippet(
      "#if DEBUG\nsleep(1)\n#else\nusleep(1)\n#endif", "2:1 thread sleep", "4:1 thread usleep"),
    Snippet("@Test func `a sleep(1) of a test`() {}"),
    Snippet("let x = a / sleep(1) / b", "1:13 thread sleep"),
    Snippet("/// ```swift\n/// sleep(1)\n/// ```\nstruct A {}"),
  ])
  func `looks at code, and not at comments and literals`(snippet: Snippet) throws {
    try snippet.check()
  }

  @Test(arguments: [
    Snippet("func sleep(until x: Instant) async throws {}"),
    Snippet("struct C: Clock { func sleep(until d: I, tolerance t: D?) async throws {} }"),
    Snippet("enum E { case sleep(Int); case wake, sleep(Duration) }"),
    Snippet("switch e { case .sleep: a(); case .wake, .sleep: b() }"),
    Snippet("let e: E = x ? .sleep : .wake; f(.sleep); f(a: .sleep(1)); return .sleep(1)"),
    Snippet("let (sleep, a) = (1, 2); f(sleep)"),
    Snippet("let sleep = 5; f(sleep); f(sleep: sleep)"),
    Snippet("init(sleep: Duration) { self.sleep = sleep }"),
    Snippet("f(sleep: 1, usleep: 2)\nfunc f(sleep: Int, usleep: Int, for nanosleep: Int) {}"),
    Snippet("if config.sleep > 3 { config.sleep = nil }"),
    Snippet("display.sleep(); sleep(); self.sleep()"),
    Snippet("x.sleepy(); sleepless(1); asleep(1)"),
    Snippet("let a = b ?? .sleep(1)"),
    Snippet("@sleep(1) var x: Int"),
  ])
  func `leaves declarations, labels and cases alone`(snippet: Snippet) throws {
    try snippet.check()
  }

  @Test func `knows on which line an expression begins`() throws {
    let source = """
      try await service
        .clock(named: "a") { $0 }
        .inner?
        .sleep(for: x)
      """
    var matches: [Match] = []
    try FirstReading(Array(source.utf8)).forEachMatch { matches.append($0) }
    let match = try #require(matches.first)
    #expect(match.firstLine == 1)
    #expect(match.place.line == 4)
    #expect(match.text == "clock(…).inner.sleep")
  }
}
