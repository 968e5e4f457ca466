#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The threads of this process, as `/proc` tells of them; elsewhere there is nothing to read.
enum ThreadList {
  /// A thread and what it does.
  struct Thread: Sendable, Equatable {
    let id: Int
    let name: String
    /// `R` runs or waits for a core, `S` sleeps, `D` waits for a device.
    let state: Character
    /// Where in the kernel it sleeps, such as `futex_wait_queue`; empty where the system hides it.
    let sleepsIn: String
  }

  /// The threads' run queue delay, all together (proc(5), `/proc/pid/schedstat`, second field).
  static func runQueueDelay() -> Duration? {
    var sum: Int64?
    for id in ids() {
      guard let text = read("/proc/self/task/\(id)/schedstat") else { continue }
      let fields = text.split(separator: " ")
      guard fields.count >= 2, let delay = Int64(fields[1]) else { continue }
      sum = (sum ?? 0) + delay
    }
    return sum.map { .nanoseconds($0) }
  }

  /// All threads with their states (proc(5), `/proc/pid/stat`, second and third field).
  static func all() -> [Thread] {
    ids().compactMap { id in
      guard let stat = read("/proc/self/task/\(id)/stat") else { return nil }
      let sleepsIn = read("/proc/self/task/\(id)/wchan") ?? ""
      return thread(id: id, stat: stat, sleepsIn: sleepsIn == "0" ? "" : sleepsIn)
    }
  }

  /// Reads `123 (a name) S …`; the name may hold anything, parentheses too.
  static func thread(id: Int, stat: String, sleepsIn: String) -> Thread? {
    guard let open = stat.firstIndex(of: "("), let close = stat.lastIndex(of: ")"), open < close,
      let state = stat[close...].dropFirst(2).first
    else { return nil }
    return Thread(
      id: id, name: String(stat[stat.index(after: open)..<close]), state: state,
      sleepsIn: sleepsIn)
  }

  private static func ids() -> [Int] {
    guard let folder = unsafe opendir("/proc/self/task") else { return [] }
    defer { unsafe closedir(folder) }
    var ids: [Int] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if let id = Int(name) { ids.append(id) }
    }
    return ids.sorted()
  }

  /// The first 512 bytes of a small file; nil when it is gone.
  private static func read(_ path: String) -> String? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { _ = close(file) }
    return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 512) { buffer in
      #if canImport(Darwin)
        let count = unsafe Darwin.read(file, buffer.baseAddress, 512)
      #elseif canImport(Musl)
        let count = unsafe Musl.read(file, buffer.baseAddress, 512)
      #else
        let count = unsafe Glibc.read(file, buffer.baseAddress, 512)
      #endif
      guard count > 0 else { return nil }
      return unsafe String(decoding: buffer.prefix(count), as: UTF8.self)
    }
  }
}
