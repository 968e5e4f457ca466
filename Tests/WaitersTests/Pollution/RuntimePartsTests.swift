#if os(Linux)
  import Foundation
  import Testing

  @testable import Waiters

  @Suite struct `The parts of the runtime` {
    @Test(arguments: [
      ("202 0x7f46 0x189 0x0 0x0 0x1 0x2 0x3 0x4", 202, UInt(0x7f46)),
      ("running", -1, 0), ("-1 0x7ffd 0x7f46", -1, 0x7ffd), ("", -1, 0), ("7", 7, 0),
    ])
    func `are told by their system calls`(line: String, number: Int, first: UInt) {
      let call = SystemCall(line)
      #expect(call.number == number)
      #expect(call.first == first)
    }

    @Test func `lie in the memory of a library and in the zeros behind it`() {
      let maps = """
        1000-2000 r-xp 00000000 00:00 1 /usr/lib/libdispatch.so
        2000-3000 rw-p 00001000 00:00 1 /usr/lib/libdispatch.so
        3000-4000 rw-p 00000000 00:00 0
        4000-5000 rw-p 00000000 00:00 0
        5000-6000 rw-p 00000000 00:00 1 /usr/lib/other.so
        6000-7000 rw-p 00000000 00:00 0
        nonsense
        """
      let ranges = MappedRanges(of: "libdispatch.so", maps: maps.split(separator: "\n"))
      #expect(ranges.contains(0x1000))
      #expect(ranges.contains(0x3fff))
      for address: UInt in [0xfff, 0x4000, 0x5000, 0x6000] { #expect(!ranges.contains(address)) }
    }

    @Test func `do not include a thread that a test starts`() throws {
      let release = DispatchSemaphore(value: 0)
      let started = DispatchSemaphore(value: 0)
      var parts = RuntimeParts()
      let before = parts.otherThreads()
      let thread = Thread {
        started.signal()
        release.wait()
      }
      thread.start()
      started.wait()
      defer { release.signal() }
      let new = parts.otherThreads().filter { before[$0.key] == nil }
      #expect(!new.isEmpty)
    }

    @Test func `know where a descriptor leads to`() throws {
      let pipe = Pipe()
      let number = pipe.fileHandleForWriting.fileDescriptor
      let target = try #require(DescriptorTarget(number))
      #expect(target.description.hasPrefix("pipe:["))
      #expect(target.description.hasSuffix(", its writing end"))
      #expect(RuntimeParts().otherDescriptors()[number]?.identity == target.identity)
      #expect(DescriptorTarget(-1) == nil)
    }

    @Test func `know the addresses of a socket`() throws {
      let listener = TestListener()
      listener.listen()
      #expect(
        DescriptorTarget(listener.descriptor)?.description
          == "tcp socket, listening at 127.0.0.1:\(listener.port)")
      let folder = try TemporaryFolder()
      let local = TestListener(path: folder["a.sock"])
      #expect(
        DescriptorTarget(local.descriptor)?.description
          == "unix socket, at \(folder["a.sock"]), not connected")
      local.listen()
      #expect(
        DescriptorTarget(local.descriptor)?.description
          == "unix socket, listening at \(folder["a.sock"])")
      var ends: [Int32] = [0, 0]
      #expect(unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
      defer { for end in ends { close(end) } }
      #expect(DescriptorTarget(ends[0])?.description == "unix socket, without an address")
    }

    @Test func `know a file that is open for writing`() throws {
      let folder = try TemporaryFolder()
      try folder.write("", to: "log")
      let file = try #require(FileHandle(forWritingAtPath: folder["log"]))
      defer { try? file.close() }
      #expect(
        DescriptorTarget(file.fileDescriptor)?.description
          == "\(folder["log"]), open for writing")
    }
  }
#endif
