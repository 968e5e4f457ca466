import CHarnessSystem

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The end of a process whose test hangs.
enum HangExit {
  /// The exit status of a test process that was ended because a test hung: 86.
  static let status: Int32 = 86

  /// Writes the last line, and ends the process without running anything of it.
  static func end(_ name: String) -> Never {
    // Writing may block: a pipe may be full, and nobody read it.
    _ = Watchdog.arm(at: .realNow + .seconds(1)) { _exit(status) }
    // What the framework has printed so far may lie in a buffer, whose lock may be held for ever.
    charness_flush_output()
    var line = "hang: \(name)\n"
    line.withUTF8 { bytes in
      _ = unsafe write(STDERR_FILENO, bytes.baseAddress, bytes.count)
    }
    _exit(status)
  }
}
