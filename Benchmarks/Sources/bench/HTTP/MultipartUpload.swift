import Foundation
import HTTPDriver
import HarnessJSON

/// The CPU time and the memory of a client that uploads a long file as part of a form.
///
/// The service has a process of its own.
struct MultipartUpload {
  let address: String
  let mebibytes: Int

  func print() async throws {
    let id = ProcessInfo.processInfo.processIdentifier
    let path = "\(NSTemporaryDirectory())/harness-upload-\(id)"
    try write(path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    for capture in [HTTPCapture.everything, .nothing] {
      let http = HTTPDriver(address).capturing(capture)
      // What all exchanges share is made by a short one.
      _ = try await http.post("/", .multipart { FieldPart("a", "b") })
      let before = PeakMemory.now
      let start = CPUTime.now
      let clock = ContinuousClock.now
      let form = HTTPBody.multipart { FilePart("file", .path(path), filename: "long.bin") }
      guard let length = form.length else { throw Trouble(description: "\(path) has no length") }
      try await http.post("/", form, within: .seconds(600))
        .expectJSON("/received", equals: .number(JSONNumber(length)))
      let cpu = CPUTime.now - start
      let seconds = clock.duration(to: .now) / .seconds(1)
      Swift.print(
        "multipart: \(mebibytes) MiB from a file, capture",
        capture == .nothing ? "off:" : "on:", column(cpu, 2, width: 0), "s CPU of the client,",
        column(seconds, 2, width: 0),
        "s in all, peak \(before >> 20) MiB before, \(PeakMemory.now >> 20) MiB after")
    }
    Swift.print("")
  }

  private func write(_ path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw Trouble(description: "\(path) cannot be written") }
    let piece = Data((0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    for _ in 0..<mebibytes { try file.write(contentsOf: piece) }
    try file.close()
  }
}
