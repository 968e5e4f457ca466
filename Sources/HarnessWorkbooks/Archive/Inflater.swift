import CHarnessZlib

/// Inflates one raw DEFLATE stream, a buffer at a time.
@safe
struct Inflater: ~Copyable {
  private let handle: OpaquePointer

  /// What one step did.
  typealias Step = CHarnessZlibStep

  init() throws(WorkbookError) {
    guard let handle = unsafe charness_inflater_create(15) else {
      throw WorkbookError(.unreadable, "no memory is left to inflate the part")
    }
    unsafe self.handle = handle
  }

  deinit { unsafe charness_inflater_destroy(handle) }

  /// Inflates what fits from `input` into a range of `output`.
  mutating func step(
    _ input: borrowing Span<UInt8>, into output: inout [UInt8], _ range: Range<Int>
  ) -> Step {
    unsafe input.withUnsafeBufferPointer { input in
      unsafe output.withUnsafeMutableBufferPointer { output in
        let room = unsafe UnsafeMutableBufferPointer(rebasing: output[range])
        return unsafe charness_inflater_step(
          handle, input.baseAddress, input.count, room.baseAddress, room.count)
      }
    }
  }
}

/// Carries the CRC-32 of an entry on over more bytes; it starts at 0.
func crc32(_ crc: UInt32, _ bytes: borrowing Span<UInt8>) -> UInt32 {
  unsafe bytes.withUnsafeBufferPointer { unsafe charness_crc32(crc, $0.baseAddress, $0.count) }
}
