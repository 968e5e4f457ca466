import Foundation

/// What the process has used of the processor, for wall time would count what others run on the machine.
enum CPUTime {
  /// Seconds, of all threads.
  static var now: Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Seconds, of all processes that this one has started and waited for.
  static var ofChildren: Double {
    // RUSAGE_CHILDREN, which has another type than the parameter on Linux.
    let children: Int32 = -1
    var usage = rusage()
    _ = unsafe getrusage(children, &usage)
    return [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
    }
  }
}

/// The most memory that the process has had at once.
enum PeakMemory {
  /// Bytes.
  static var now: Int {
    #if os(Linux)
      // Not what `getrusage` says, which counts the process that started this one.
      let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
      return (Int(line.filter(\.isNumber)) ?? 0) * 1_024
    #else
      var usage = rusage()
      _ = unsafe getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #endif
  }
}
