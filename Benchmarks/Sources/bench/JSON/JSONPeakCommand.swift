import ArgumentParser
import Foundation

/// Reads a document once, in a process of its own, so that its peak is its own.
struct JSONPeakCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "json-peak", shouldDisplay: false)

  @Argument var reader: String
  @Argument var file: String

  func run() throws {
    guard let reader = JSONReader(rawValue: reader) else { throw ValidationError("no such reader") }
    let before = PeakMemory.now
    // Each reader has the text once, in the form that it wants.
    switch reader {
    case .tape, .visit, .typed: try reader.read(bytes(), Data())
    case .serialization, .decoder:
      try reader.read([], Data(contentsOf: URL(fileURLWithPath: file)))
    case .orjson: throw ValidationError("orjson runs in Python")
    }
    print(PeakMemory.now - before)
  }

  private func bytes() throws -> [UInt8] {
    guard let stream = unsafe fopen(file, "r") else { throw CocoaError(.fileNoSuchFile) }
    defer { _ = unsafe fclose(stream) }
    let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
    return unsafe Array(unsafeUninitializedCapacity: size) { buffer, count in
      count = unsafe fread(buffer.baseAddress, 1, size, stream)
    }
  }
}
