import Foundation

/// A Python that has orjson.
struct Python {
  private let path: String

  init(_ path: String?) throws {
    guard let path else { throw CocoaError(.fileNoSuchFile) }
    self.path = path
  }

  /// The CPU time that `orjson.loads` takes, bytes in, without the garbage collector: best of five.
  func seconds(_ file: URL) throws -> Double {
    Double(
      try run(
        """
        import gc, sys, time, orjson
        gc.disable()
        data = open(sys.argv[1], "rb").read()
        best = float("inf")
        for _ in range(5):
            start = time.process_time()
            value = orjson.loads(data)
            best = min(best, time.process_time() - start)
            del value
        print(best)
        """, file)) ?? .nan
  }

  /// How much its resident memory grows at most, in bytes.
  func peak(_ file: URL) throws -> Int {
    Int(
      try run(
        """
        import gc, re, sys, orjson
        gc.disable()
        def peak(): return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read()).group(1)) * 1024
        before = peak()
        value = orjson.loads(open(sys.argv[1], "rb").read())
        print(peak() - before)
        """, file)) ?? 0
  }

  private func run(_ program: String, _ file: URL) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["-c", program, file.path]
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
