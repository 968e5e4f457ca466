import Testing

@testable import Waiters

@Suite struct `The list of threads` {
  @Test(arguments: [
    ("7 (main) S 1 7", ThreadList.Thread(id: 7, name: "main", state: "S", sleepsIn: "futex_wait")),
    (
      "7 (a) b) (c) R 1",
      ThreadList.Thread(id: 7, name: "a) b) (c", state: "R", sleepsIn: "futex_wait")
    ),
    ("7 () D", ThreadList.Thread(id: 7, name: "", state: "D", sleepsIn: "futex_wait")),
  ])
  func `reads what the system tells, whatever a thread is called`(
    stat: String, thread: ThreadList.Thread
  ) {
    #expect(ThreadList.thread(id: 7, stat: stat, sleepsIn: "futex_wait") == thread)
  }

  @Test(arguments: ["", "7", "7 (main", "7 (main)", "7 )main( S", "7 main S"])
  func `has nothing to say of what it cannot read`(stat: String) {
    #expect(ThreadList.thread(id: 7, stat: stat, sleepsIn: "") == nil)
  }

  #if os(Linux)
    @Test func `holds this thread, which runs`() {
      #expect(ThreadList.all().contains { $0.state == "R" })
      #expect(ThreadList.runQueueDelay() != nil)
    }
  #endif

  @Test func `is summed up by what the threads do`() {
    let threads = (1...3).map {
      ThreadList.Thread(id: $0, name: "pool", state: "S", sleepsIn: "futex_do_wait")
    }
    #expect(
      ThreadSummary(threads + [.init(id: 4, name: "main", state: "R", sleepsIn: "")]).lines == [
        "4 threads:", "3 sleeping in futex_do_wait", "1 running or waiting for a core",
      ])
    #expect(ThreadSummary([]).lines == ["unknown: the system does not tell"])
  }
}
