#if os(Linux)
  #if canImport(Musl)
    import Musl
  #else
    import Glibc
  #endif
  import Foundation
  import HarnessLock

  /// Tells the threads and descriptors of the runtime and of the harness from those that tests make.
  ///
  /// A worker of Dispatch and a thread that was started from one have the same name and the same mask of
  /// signals. What tells them apart is what they wait in: an idle worker in a futex that lies in
  /// libdispatch, the manager of Dispatch's events in its epoll. What was seen so once stays known.
  ///
  /// Source: proc_pid_task(5), proc_pid_fd(5), proc_pid_fdinfo(5), proc_pid_syscall(5).
  struct RuntimeParts {
    /// Threads that are known to be the runtime's.
    private var threads: Set<Int32> = []
    /// The descriptors by which they hear of events.
    private var descriptors: Set<Int32> = []
    /// The epolls in which threads waited at the last look.
    private var epollsWaitedIn: Set<Int32> = []
    private let dispatch = MappedRanges(of: "libdispatch.so")

    init() {
      RuntimeParts.begin
    }

    /// Lets begin what begins once in a process and for good, so that no test is taken for the one who made
    /// it: the loop of the main thread, the event by which its queue wakes that loop, the two threads that hear
    /// of the ends of all of Foundation's processes, and the thread that ThreadSanitizer starts with the first
    /// thread of a program.
    private static let begin: Void = {
      BackgroundThread.start {}
      _ = RunLoop.main
      beginProcesses()
      guard let symbol = unsafe dlsym(nil, "_dispatch_get_main_queue_handle_4CF") else { return }
      // Safe: so libdispatch declares it on Linux, for the loops of Foundation.
      let handle = unsafe unsafeBitCast(symbol, to: (@convention(c) () -> Int32).self)
      _ = handle()
    }()

    /// Starts the threads that Foundation starts with its first process, without a process.
    ///
    /// The one begins before it is looked whether there is something to run. The other watches sockets for all run
    /// loops, and begins when the first of them is scheduled.
    private static func beginProcesses() {
      _ = try? Process().run()
      #if canImport(Musl)
        let type = SOCK_DGRAM
      #else
        let type = Int32(SOCK_DGRAM.rawValue)
      #endif
      let number = socket(AF_INET, type | Int32(O_CLOEXEC), 0)
      guard
        let port = SocketPort(
          protocolFamily: AF_INET, socketType: type, protocol: 0, socket: number)
      else {
        close(number)
        return
      }
      port.schedule(in: .main, forMode: .default)
      port.remove(from: .main, forMode: .default)
      port.invalidate()
    }

    /// The threads that are not the runtime's, nor ours, nor the one that asks.
    mutating func otherThreads() -> [Int32: ProcessSnapshot.Thread] {
      var others: [Int32: ProcessSnapshot.Thread] = [:]
      let own = ThreadFacts.current
      var epolls: [ThreadFacts] = []
      for thread in ThreadList.all() {
        let id = Int32(truncatingIfNeeded: thread.id)
        if id == own { continue }
        let facts = ThreadFacts(thread)
        if facts.call.epoll != nil { epolls.append(facts) }
        if isKnown(facts) { threads.insert(id) }
        others[id] = ProcessSnapshot.Thread(name: facts.name, waitsIn: thread.sleepsIn)
      }
      // Dispatch has one manager, which has the name of its workers and waits in an epoll.
      if let manager = epolls.first(where: \.hasNameOfDispatch) { threads.insert(manager.id) }
      epollsWaitedIn = Set(epolls.compactMap(\.call.epoll))
      // The main thread is in its run loop while a test of XCTest is asynchronous, and in none when it is the one that asks.
      for facts in epolls where threads.contains(facts.id) || facts.id == getpid() {
        if let epoll = facts.call.epoll { descriptors.formUnion(Self.parts(of: epoll)) }
      }
      for id in threads { others[id] = nil }
      return others
    }

    /// The descriptors that are not the runtime's, nor ours.
    func otherDescriptors() -> [Int32: DescriptorTarget] {
      var others: [Int32: DescriptorTarget] = [:]
      var loops: Set<Int32> = []
      for name in FolderListing(of: "/proc/self/fd").names {
        guard let number = Int32(name), !descriptors.contains(number),
          !FileEventSource.isOwn(number), let target = DescriptorTarget(number)
        else { continue }
        others[number] = target
        if target.isEpoll { loops.formUnion(runLoop(at: number)) }
      }
      for number in loops { others[number] = nil }
      return others
    }

    /// The parts of a run loop that nobody runs: one comes into being for any thread that asks for its own, as
    /// Foundation's process does, and goes with the thread.
    ///
    /// In its epoll are one event and one timer, and no thread waits there; those of NIO have a thread that does.
    private func runLoop(at epoll: Int32) -> Set<Int32> {
      guard !epollsWaitedIn.contains(epoll) else { return [] }
      let watched = Self.watched(by: epoll)
      let targets = watched.compactMap { DescriptorTarget($0) }
      guard watched.count == 2, targets.count == 2, targets.allSatisfy(\.isEventOrTimer),
        Set(targets.map(\.description)).count == 2
      else { return [] }
      return Set(watched).union([epoll])
    }

    private func isKnown(_ thread: ThreadFacts) -> Bool {
      if thread.name.hasPrefix("harness") { return true }
      // NIO's group for the whole process, which never ends.
      if thread.name.hasPrefix("NIO-SGLTN") { return true }
      return thread.call.futex.map(dispatch.contains) ?? false
    }

    /// An epoll and what wakes it: not the sockets in it.
    private static func parts(of epoll: Int32) -> Set<Int32> {
      let parts = watched(by: epoll).filter { DescriptorTarget($0)?.isEventOrTimer ?? false }
      return Set(parts).union([epoll])
    }

    /// The descriptors in an epoll.
    private static func watched(by epoll: Int32) -> [Int32] {
      textLines(at: "/proc/self/fdinfo/\(epoll)").filter { $0.hasPrefix("tfd:") }.compactMap {
        $0.dropFirst(4).split(separator: " ").first.flatMap { Int32($0) }
      }
    }
  }

  /// A thread with the call that it is in.
  struct ThreadFacts {
    let id: Int32
    let name: String
    let call: SystemCall

    init(_ thread: ThreadList.Thread) {
      id = Int32(truncatingIfNeeded: thread.id)
      name = thread.name
      call = SystemCall(textLines(at: "/proc/self/task/\(thread.id)/syscall").first ?? "")
    }

    /// The number of the thread that asks.
    static var current: Int32? {
      guard case .link(let path) = PathSteps.Entry(at: "/proc/thread-self") else { return nil }
      return path.split(separator: "/").last.flatMap { Int32($0) }
    }

    /// The last 15 bytes of the labels of Dispatch's own queues.
    var hasNameOfDispatch: Bool {
      name.hasSuffix("-qos") || name.hasSuffix("-qos.overcommit") || name.hasSuffix("overcommit")
        || name.contains("libdispatch")
    }
  }

  /// The system call that a thread is in: its number and its arguments.
  struct SystemCall: Equatable {
    let number: Int
    let first: UInt

    /// Reads a line of `/proc/self/task/…/syscall`; the number is -1 where the thread is in none.
    init(_ line: some StringProtocol) {
      let fields = line.split(separator: " ")
      number = fields.first.flatMap { Int($0) } ?? -1
      first =
        fields.count > 1 && fields[1].hasPrefix("0x")
        ? UInt(fields[1].dropFirst(2), radix: 16) ?? 0 : 0
    }

    // The numbers of futex, epoll_wait and epoll_pwait, from the kernel's tables.
    #if arch(x86_64)
      private static let (futexes, epolls): (Set<Int>, Set<Int>) = ([202], [232, 281])
    #elseif arch(arm64)
      private static let (futexes, epolls): (Set<Int>, Set<Int>) = ([98], [22])
    #else
      private static let (futexes, epolls): (Set<Int>, Set<Int>) = ([], [])
    #endif

    /// The address that is waited on.
    var futex: UInt? { Self.futexes.contains(number) ? first : nil }

    /// The epoll that is waited in.
    var epoll: Int32? {
      Self.epolls.contains(number) ? Int32(truncatingIfNeeded: first) : nil
    }
  }

  /// Where a library lies in memory.
  struct MappedRanges {
    private let ranges: [Range<UInt>]

    init(of library: String, maps: [Substring] = textLines(at: "/proc/self/maps")) {
      var ranges: [Range<UInt>] = []
      var follows = false
      for line in maps {
        let fields = line.split(separator: " ", omittingEmptySubsequences: true)
        let bounds = fields.first?.split(separator: "-").compactMap { UInt($0, radix: 16) } ?? []
        guard bounds.count == 2, bounds[0] <= bounds[1] else { continue }
        let isOf = fields.count > 5 && fields[5].contains("/\(library)")
        // What is zero at first comes behind the library, without a name.
        let isZeros = follows && fields.count == 5 && ranges.last?.upperBound == bounds[0]
        if isOf || isZeros { ranges.append(bounds[0]..<bounds[1]) }
        follows = isOf
      }
      self.ranges = ranges
    }

    func contains(_ address: UInt) -> Bool { ranges.contains { $0.contains(address) } }
  }

  /// The lines of a small file of the system; none where it cannot be read.
  func textLines(at path: String) -> [Substring] {
    FileState(at: path).text.split(separator: "\n")
  }
#endif
