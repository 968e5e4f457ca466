#if os(Linux)
  #if canImport(Musl)
    import Musl
  #else
    import Glibc
  #endif

  /// An event as Linux tells it.
  ///
  /// Source: inotify(7), "Reading events from an inotify file descriptor".
  struct InotifyEvent: Equatable {
    /// The watch; -1 where ``hasOverflowed``.
    let watch: Int32
    let mask: UInt32
    /// The entry of the folder that it is about; nil where it is about the watched thing itself.
    let name: String?

    /// Events were lost: anything may have happened.
    var hasOverflowed: Bool { mask & UInt32(IN_Q_OVERFLOW) != 0 }
    /// The watch is gone.
    var isEnd: Bool { mask & UInt32(IN_IGNORED) != 0 }

    /// Reads what one `read` gave; an event that is cut off ends it.
    static func events(in bytes: ArraySlice<UInt8>) -> [InotifyEvent] {
      var events: [InotifyEvent] = []
      var rest = bytes
      while rest.count >= 16 {
        let length = Int(number(at: 12, of: rest))
        guard rest.count - 16 >= length else { break }
        let name = rest.dropFirst(16).prefix(length).prefix { $0 != 0 }
        events.append(
          InotifyEvent(
            watch: Int32(bitPattern: number(at: 0, of: rest)), mask: number(at: 4, of: rest),
            name: name.isEmpty ? nil : String(decoding: name, as: UTF8.self)))
        rest = rest.dropFirst(16 + length)
      }
      return events
    }

    private static func number(at offset: Int, of bytes: ArraySlice<UInt8>) -> UInt32 {
      let four = bytes.dropFirst(offset).prefix(4)
      return unsafe four.withUnsafeBytes { unsafe $0.loadUnaligned(as: UInt32.self) }
    }
  }
#endif
