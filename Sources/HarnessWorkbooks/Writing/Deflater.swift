import CHarnessZlib

/// Packs raw DEFLATE streams, one after the other.
@safe
struct Deflater: ~Copyable {
  private let handle: OpaquePointer
  private var buffer = [UInt8](repeating: 0, count: 64 * 1024)

  // On a sheet of numbers and texts, level 6 took two and a half times as long for a thousandth less.
  private static let level: Int32 = 5

  init() throws(WorkbookError) {
    guard let handle = unsafe charness_deflater_create(Self.level, 15) else {
      throw WorkbookError(.unwritable, "no memory is left to compress the part")
    }
    unsafe self.handle = handle
  }

  deinit { unsafe charness_deflater_destroy(handle) }

  /// Begins a new stream.
  mutating func reset() { unsafe charness_deflater_reset(handle) }

  /// Packs more bytes; the stream ends with the last ones.
  mutating func deflate(
    _ content: borrowing Span<UInt8>, isLast: Bool, into output: inout ByteOutput
  ) throws(WorkbookError) {
    var position = 0
    while true {
      let step = unsafe content.withUnsafeBufferPointer { input in
        unsafe buffer.withUnsafeMutableBufferPointer { room in
          let rest = unsafe UnsafeBufferPointer(rebasing: input[position...])
          return unsafe charness_deflater_step(
            handle, rest.baseAddress, rest.count, room.baseAddress, room.count,
            isLast ? .finish : .none)
        }
      }
      position += step.consumed
      if step.produced > 0 { try output.append(buffer[..<step.produced]) }
      switch step.status {
      case .end: return
      case .continue:
        // Whatever is left of the input is in the compressor when it neither takes nor gives.
        if !isLast, position == content.count, step.produced < buffer.count { return }
      case .damaged, .outOfMemory:
        throw WorkbookError(.unwritable, "zlib cannot compress the part")
      }
    }
  }
}
