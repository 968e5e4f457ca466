import CHarnessZlib

/// Compresses the messages of one direction.
///
/// Source: RFC 7692, section 7.2.1.
@safe
struct MessageDeflater: ~Copyable, @unchecked Sendable {
  // Safe to send: the handle belongs to this value alone, which cannot be copied.
  private let handle: OpaquePointer
  private let keepsContext: Bool

  /// Makes a compressor; nil when memory ran out, or for a window that zlib cannot compress with.
  ///
  /// - Parameters:
  ///   - windowBits: 9 to 15.
  ///   - level: 1, the fastest, to 9, the smallest.
  ///   - keepsContext: Whether a message may refer to those before it.
  init?(windowBits: Int, level: Int, keepsContext: Bool) {
    // zlib takes 8 for 9 where it takes it at all, and the peer could not read that.
    guard (9...15).contains(windowBits),
      let handle = unsafe charness_deflater_create(Int32(level), Int32(windowBits))
    else { return nil }
    unsafe self.handle = handle
    self.keepsContext = keepsContext
  }

  deinit { unsafe charness_deflater_destroy(handle) }

  /// Compresses a whole message onto the output; false when memory ran out, and the output is then as it was.
  mutating func deflate(
    _ message: UnsafeRawBufferPointer, onto output: inout [UInt8]
  ) -> Bool {
    // zlib has nothing to flush twice, so an empty message is written by hand (section 7.2.3.6).
    guard unsafe !message.isEmpty else {
      output.append(0)
      return true
    }
    let start = output.count
    defer { if !keepsContext { unsafe charness_deflater_reset(handle) } }
    let isDone = unsafe withUnsafeTemporaryAllocation(byteCount: 16 << 10, alignment: 16) { room in
      unsafe deflate(message, through: room, onto: &output)
    }
    guard isDone else {
      output.removeSubrange(start...)
      return false
    }
    // The end of every flush, which the receiver puts back.
    output.removeLast(4)
    return true
  }

  private func deflate(
    _ message: UnsafeRawBufferPointer, through room: UnsafeMutableRawBufferPointer,
    onto output: inout [UInt8]
  ) -> Bool {
    var position = 0
    while true {
      let input = unsafe message.baseAddress.map {
        unsafe ($0 + position).assumingMemoryBound(to: UInt8.self)
      }
      let step = unsafe charness_deflater_step(
        handle, input, message.count - position,
        room.baseAddress?.assumingMemoryBound(to: UInt8.self), room.count, .sync)
      position += step.consumed
      unsafe output.append(contentsOf: room[..<step.produced])
      switch step.status {
      case .damaged, .outOfMemory: return false
      case .continue, .end:
        // Room was left, so that everything is out.
        if step.produced < room.count { return true }
      }
    }
  }
}
