import Testing

/// Which clocks may be slept on.
@Suite struct `A clock in a test` {
  @Test(arguments: [
    Snippet("try await withVirtualTime { clock in try await clock.sleep(for: x) }"),
    Snippet(
      "try await withVirtualTime(seed: 7) { clock in\n  try await clock\n    .sleep(for: x)\n}"),
    Snippet("withVirtualTime(seed: 7, { clock in clock.sleep(for: x) })"),
    Snippet(
      "withVirtualTime { (clock: VirtualClock) async throws -> Void in clock.sleep(for: x) }"),
    Snippet("withVirtualTime { @Sendable [a, weak b] clock in clock.sleep(for: x) }"),
    Snippet("exploreInterleavings(seeds: 0..<9) { clock in clock.sleep(for: x) }"),
    Snippet("func f(clock: VirtualClock) { clock.sleep(for: x) }"),
    Snippet(
      "withVirtualTime { _ in try await Task.sleep(for: x); Task { try await Task.sleep(for: x) } }"
    ),
    Snippet("withVirtualTime { try await $0.sleep(for: x) }"),
    Snippet("Waiters.withVirtualTime { clock in Task { group { clock.sleep(for: x) } } }"),
    Snippet(
      "withVirtualTime { clock in if a { while let b = c { try await clock.sleep(for: b) } } }"),
    Snippet("withVirtualTime { clock in let other = clock; other.sleep(for: x) }"),
    Snippet("withVirtualTime { clock in \"\\(clock.sleep(for: x))\" }"),
  ])
  func `may be the one that virtual time hands out`(snippet: Snippet) throws {
    try snippet.check()
  }

  @Test(arguments: [
    Snippet("let clock = ManualClock()\nclock.sleep(for: x)"),
    Snippet("let clock = Waiters.ManualClock(now: .zero)\ntry await clock.sleep(until: x)"),
    Snippet("let clock = ManualClock.init()\nclock.sleep(for: x)"),
    Snippet("let clock = try await ManualClock(a, b: { c }), d = 1\nclock.sleep(for: x)"),
    Snippet("let a = 1, clock = ManualClock()\nclock.sleep(for: x)"),
    Snippet("let a: Int, clock: ManualClock\nclock.sleep(for: x)"),
    Snippet("let clock = ManualClock(); let (a, b) = f(clock); clock.sleep(for: x)"),
    Snippet("func f() { g { [clock = ManualClock()] in clock.sleep(for: x) } }"),
    Snippet("let clock: ManualClock = make()\nclock.sleep(for: x)"),
    Snippet("var clock: ManualClock?\nclock?.sleep(for: x); clock!.sleep(for: x)"),
    Snippet("ManualClock().sleep(for: x)"),
    Snippet("func f(_ clock: ManualClock) { clock.sleep(for: x) }"),
    Snippet("func f(on clock: inout Waiters.ManualClock, a: Int) async { clock.sleep(for: x) }"),
    Snippet("let f = { (a: Int, clock: ManualClock) in clock.sleep(for: x) }"),
    Snippet(
      "struct S {\n func f() { clock.sleep(for: x); self.clock.sleep(for: x) }\n let clock = ManualClock()\n}"
    ),
    Snippet(
      "extension S { func f() { clock.sleep(for: x) } }\nstruct S { let clock: ManualClock }"),
    Snippet(
      "struct S { var clock: ManualClock { ManualClock() }\n func f() { clock.sleep(for: x) } }"),
    Snippet("func f(clock: ManualClock?) { if let clock { clock.sleep(for: x) } }"),
    Snippet(
      "func f(c: ManualClock?) { guard let clock = c else { return }\n clock.sleep(for: x) }"),
    Snippet("func f() { g() }\nfunc g() { clock.sleep(for: x) }\nlet clock = ManualClock()"),
  ])
  func `may be a manual one`(snippet: Snippet) throws { try snippet.check() }

  @Test(arguments: [
    Snippet("clock.sleep(for: x)", "1:7 clock clock.sleep"),
    Snippet(
      "let clock = ContinuousClock()\ntry await clock.sleep(for: x)", "2:17 clock clock.sleep"),
    Snippet("ContinuousClock().sleep(for: x)", "1:19 clock ContinuousClock(…).sleep"),
    Snippet("try await (clock).sleep(for: x)", "1:19 clock ….sleep"),
    Snippet("let f = clock.sleep", "1:15 clock clock.sleep"),
    Snippet("f(ContinuousClock().sleep)", "1:21 clock ContinuousClock(…).sleep"),
    Snippet(".continuous.sleep(for: x)", "1:13 clock ….continuous.sleep"),
    Snippet(
      "func f(clock: some Clock<Duration>) { clock.sleep(for: x) }", "1:45 clock clock.sleep"),
    Snippet("service.clock.sleep(for: x)", "1:15 clock service.clock.sleep"),
    Snippet("a[0].sleep(for: x)", "1:6 clock ….sleep"),
    Snippet("makeClock(1).sleep(for: x)", "1:14 clock makeClock(…).sleep"),
    Snippet("extension Clock { func f() { try await sleep(for: x) } }", "1:40 clock sleep"),
    Snippet("extension Clock { func f() { self.sleep(for: x) } }", "1:35 clock self.sleep"),
    Snippet("clocks?.first!.sleep(for: x)", "1:16 clock clocks.first.sleep"),
  ])
  func `may not be any other`(snippet: Snippet) throws { try snippet.check() }

  @Test(arguments: [
    Snippet("withVirtualTime { clock in }\nclock.sleep(for: x)", "2:7 clock clock.sleep"),
    Snippet("withVirtualTime { _ in }; Task.sleep(for: x)", "1:32 task Task.sleep"),
    Snippet(
      "withVirtualTime { _ in Thread.sleep(1); sleep(1) }",
      "1:31 thread Thread.sleep", "1:41 thread sleep"),
    Snippet(
      "withVirtualTime { _ in struct S { func f() { Task.sleep(for: x) } } }",
      "1:51 task Task.sleep"),
    Snippet("withVirtualTime { other in clock.sleep(for: x) }", "1:34 clock clock.sleep"),
    Snippet("withVirtualTime { a, clock in clock.sleep(for: x) }", "1:37 clock clock.sleep"),
    Snippet(
      "withVirtualTime { clock in let clock = ContinuousClock(); clock.sleep(for: x) }",
      "1:65 clock clock.sleep"),
    Snippet(
      "withVirtualTime { clock in other { clock in clock.sleep(for: x) } }",
      "1:51 clock clock.sleep"),
    Snippet("withVirtualTime { other { $0.sleep(for: x) } }", "1:30 clock $0.sleep"),
    Snippet(
      "withVirtualTime { clock in for clock in clocks { clock.sleep(for: x) } }",
      "1:56 clock clock.sleep"),
    Snippet(
      "let clock = ManualClock()\nfunc f(clock: any Clock) { clock.sleep(for: x) }",
      "2:34 clock clock.sleep"),
    Snippet(
      "let clock = ManualClock()\nif let clock = real { clock.sleep(for: x) }\nclock.sleep(for: x)",
      "2:29 clock clock.sleep"),
    Snippet("let (clock, a) = (1, 2); clock.sleep(for: x)", "1:32 clock clock.sleep"),
    Snippet(
      "withVirtualTime { clock in switch c { case let .real(clock): clock.sleep(for: x) } }",
      "1:68 clock clock.sleep"),
    Snippet(
      "withVirtualTime { clock in if case let .real(clock) = c { clock.sleep(for: x) } }",
      "1:65 clock clock.sleep"),
    Snippet(
      "withVirtualTime { clock in let a = 1, clock = ContinuousClock(); clock.sleep(for: x) }",
      "1:72 clock clock.sleep"),
    Snippet(
      "withVirtualTime { clock in f { [a, clock = real] b in clock.sleep(for: x) } }",
      "1:61 clock clock.sleep"),
    Snippet("let now = ManualClock().now\nnow.sleep(for: x)", "2:5 clock now.sleep"),
    Snippet("let now = ManualClock()\n  .now\nnow.sleep(for: x)", "3:5 clock now.sleep"),
    Snippet("let clock: ManualClock.Instant\nclock.sleep(for: x)", "2:7 clock clock.sleep"),
    Snippet(
      "struct A { let clock = ManualClock() }\nstruct B { func f() { clock.sleep(for: x) } }",
      "2:29 clock clock.sleep"),
    Snippet(
      "struct A { let clock = ManualClock() }\nfunc f(a: A) { a.clock.sleep(for: x) }",
      "2:24 clock a.clock.sleep"),
    Snippet(
      "class S {\n#if A\nlet clock = ManualClock()\n#else\nlet clock = ContinuousClock()\n#endif\n"
        + "func f() { clock.sleep(for: x) } }", "7:18 clock clock.sleep"),
    Snippet("switch c { case .real(let clock): clock.sleep(for: x) }", "1:41 clock clock.sleep"),
    Snippet(
      "let clock = ManualClock()\nswitch c { case .real(let clock): clock.sleep(for: x) }",
      "2:41 clock clock.sleep"),
  ])
  func `is known in its scope alone`(snippet: Snippet) throws { try snippet.check() }

  @Test(arguments: [
    Snippet("struct C { func sleep(until d: I) { sleep(until: d, tolerance: nil) } }"),
    Snippet(
      "struct C { func sleep(until d: I) { try await self.sleep(until: d, tolerance: nil) } }"),
    Snippet(
      "struct C { func sleep(until d: I) { base.sleep(until: d) } }", "1:42 clock base.sleep"),
    Snippet("struct C { func sleep(_ d: I) { sleep(1) } }", "1:33 thread sleep"),
    Snippet("func sleep(a: I) { sleep(for: x) }", "1:20 clock sleep"),
    Snippet(
      "extension Task { static func sleep(s: Int) { sleep(for: x); Self.sleep(nanoseconds: x) } }",
      "1:46 clock sleep", "1:66 clock Self.sleep"),
    Snippet(
      "struct C { func sleep(_ d: I) { struct D { func f() { sleep(for: x) } } } }",
      "1:55 clock sleep"),
  ])
  func `may be written, and call another form of its own sleep`(snippet: Snippet) throws {
    try snippet.check()
  }
}
