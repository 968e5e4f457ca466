#if os(Linux)
  import Testing

  @testable import Waiters

  @Suite struct `Events of inotify` {
    /// An event in bytes: four numbers and the name, filled up with NULs.
    private func bytes(_ watch: Int32, _ mask: UInt32, _ name: String = "", length: Int) -> [UInt8]
    {
      let numbers = [UInt32(bitPattern: watch), mask, 0, UInt32(length)]
      let head = numbers.flatMap { number in (0..<4).map { UInt8(number >> ($0 * 8) & 0xff) } }
      return head + Array(name.utf8)
        + [UInt8](repeating: 0, count: max(0, length - name.utf8.count))
    }

    @Test func `are read one after the other`() {
      let all =
        bytes(1, 0x100, "report.csv", length: 16) + bytes(2, 0x400, length: 0)
        + bytes(-1, 0x4000, length: 0) + bytes(2, 0x8000, length: 0)
      let events = InotifyEvent.events(in: all[...])
      #expect(
        events == [
          InotifyEvent(watch: 1, mask: 0x100, name: "report.csv"),
          InotifyEvent(watch: 2, mask: 0x400, name: nil),
          InotifyEvent(watch: -1, mask: 0x4000, name: nil),
          InotifyEvent(watch: 2, mask: 0x8000, name: nil),
        ])
      #expect(events.map(\.hasOverflowed) == [false, false, true, false])
      #expect(events.map(\.isEnd) == [false, false, false, true])
    }

    @Test func `that are cut off end the reading`() {
      let whole = bytes(1, 0x100, "a", length: 16)
      for count in 0..<whole.count {
        #expect(InotifyEvent.events(in: whole[..<count]) == [])
      }
      let claimed = bytes(1, 0x100, "a", length: 16).prefix(12) + [0xff, 0xff, 0xff, 0xff]
      #expect(InotifyEvent.events(in: claimed[...]) == [])
    }
  }
#endif
