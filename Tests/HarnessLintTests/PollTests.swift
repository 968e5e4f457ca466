import Testing

@Suite struct `The poll rule` {
  @Test(arguments: [
    Snippet("while !done { await Task.yield() }", "1:26 yieldingLoop Task.yield"),
    Snippet("repeat { await Task\n.yield() } while !done", "2:2 yieldingLoop Task.yield"),
    Snippet(
      "for _ in 0..<100 { await Task<Never, Never>.yield() }", "1:45 yieldingLoop Task.yield"),
    Snippet(
      "while !done { if a { do { await Task.yield() } catch { } } }",
      "1:38 yieldingLoop Task.yield"),
    Snippet("Task { while true { await Task.yield() } }", "1:32 yieldingLoop Task.yield"),
    Snippet(
      "while !items.contains(where: { $0 }) { await Task.yield() }",
      "1:51 yieldingLoop Task.yield"),
    Snippet("while !done { sched_yield() }", "1:15 threadYield sched_yield"),
    Snippet(
      "sched_yield(); Glibc.pthread_yield()",
      "1:1 threadYield sched_yield", "1:22 threadYield Glibc.pthread_yield"),
    Snippet("RunLoop.current.run(until: Date())", "1:17 runLoop RunLoop.current.run"),
    Snippet("RunLoop.main.run(mode: .default, before: d)", "1:14 runLoop RunLoop.main.run"),
    Snippet("loop.run(mode: .default, before: .distantFuture)", "1:6 runLoop loop.run"),
    Snippet("loop.run(until: Date(timeIntervalSinceNow: 1))", "1:6 runLoop loop.run"),
    Snippet("CFRunLoopRunInMode(.defaultMode, 1, false)", "1:1 runLoop CFRunLoopRunInMode"),
  ])
  func `finds loops that ask again and again`(snippet: Snippet) throws { try snippet.check() }

  @Test(arguments: [
    Snippet("await Task.yield()"),
    Snippet("mutating func next() async -> Int? { await Task.yield(); return 1 }"),
    Snippet("while let job = queue.popFirst() { run(job); await Task.yield() }"),
    Snippet("for await x in stream { await Task.yield() }"),
    Snippet("for x in 0..<10 { await Task.yield() }"),
    Snippet("while !done { Task { await Task.yield() } }"),
    Snippet("while !done { func f() async { await Task.yield() } }"),
    Snippet("repeat { a() } while !done\nrun { await Task.yield() }"),
    Snippet("continuation.yield(1); while a { continuation.yield(1) }"),
    Snippet("wait(for: x, while: y) { await Task.yield() }"),
    Snippet("func wait(for x: Int, while y: Int) { await Task.yield() }"),
    Snippet("RunLoop.main.run(); suite.run(mode: .fast); suite.run(until: done)"),
  ])
  func `leaves work that is shared out alone`(snippet: Snippet) throws { try snippet.check() }
}
