import CHarnessZlib

/// Inflates the messages of one direction, piece by piece, and holds them to the limits while it does.
///
/// Whatever the cuts between pieces are, the same is found: bytes that come before damage are looked at first.
///
/// Source: RFC 7692, section 7.2.2.
@safe
struct MessageInflater: ~Copyable, @unchecked Sendable {
  // Safe to send: the handle belongs to this value alone, which cannot be copied.
  private let handle: OpaquePointer
  private let keepsContext: Bool
  private let limits: WSLimits
  /// After a final block: the next byte begins another stream.
  private var isAtFinalBlock = false
  /// How long the last message became: the next one is often like it.
  private var lastSize = 0

  private static let roomSize = 16 << 10

  /// Makes an inflater; nil when memory ran out.
  ///
  /// The window is always the longest one: what a peer compressed with a shorter one can be inflated by it, and
  /// a shorter one would accept or refuse the same bytes by where they are cut.
  init?(keepsContext: Bool, limits: WSLimits) {
    guard let handle = unsafe charness_inflater_create(15) else { return nil }
    unsafe self.handle = handle
    self.keepsContext = keepsContext
    self.limits = limits
  }

  deinit { unsafe charness_inflater_destroy(handle) }

  /// Inflates the next piece of a message; gives what is wrong with it.
  mutating func inflate(
    _ piece: UnsafeRawBufferPointer, onto message: inout MessageAssembly
  ) -> WSViolation? {
    unsafe withUnsafeTemporaryAllocation(byteCount: Self.roomSize, alignment: 16) { room in
      var position = 0
      while true {
        if isAtFinalBlock {
          guard position < piece.count else { return nil }
          guard unsafe charness_inflater_restart(handle) else { return Self.noMemory }
          isAtFinalBlock = false
        }
        let step = unsafe self.step(
          piece, from: position, into: room, most: allowed(message) - message.bytes.count)
        position += step.consumed
        let produced = unsafe UnsafeRawBufferPointer(rebasing: room[..<step.produced])
        if let violation = unsafe take(produced, onto: &message) { return violation }
        switch step.status {
        case .end: isAtFinalBlock = true
        case .damaged: return .notDeflate("a compressed message is no DEFLATE")
        case .outOfMemory: return Self.noMemory
        case .continue:
          // Room was left, so there is nothing to come until there is more input.
          if step.consumed == 0 && step.produced == 0 { return nil }
        }
      }
    }
  }

  /// Takes in the end of a message; gives what is wrong with it.
  mutating func finish(onto message: inout MessageAssembly) -> WSViolation? {
    if !isAtFinalBlock {
      let tail: [UInt8] = [0x00, 0x00, 0xff, 0xff]
      if let violation = unsafe tail.withUnsafeBytes({ unsafe inflate($0, onto: &message) }) {
        return violation
      }
      guard unsafe charness_inflater_is_between_blocks(handle) else {
        return .notDeflate("a compressed message ends within a block")
      }
    }
    lastSize = message.bytes.count
    if !keepsContext {
      unsafe charness_inflater_reset(handle)
      isAtFinalBlock = false
    }
    return nil
  }

  private func step(
    _ piece: UnsafeRawBufferPointer, from position: Int,
    into room: UnsafeMutableRawBufferPointer, most: Int
  ) -> CHarnessZlibStep {
    // One byte more than is allowed, which shows that there are more.
    let count = most < room.count ? most + 1 : room.count
    let input = unsafe piece.baseAddress.map {
      unsafe ($0 + position).assumingMemoryBound(to: UInt8.self)
    }
    return unsafe charness_inflater_step(
      handle, input, piece.count - position,
      room.baseAddress?.assumingMemoryBound(to: UInt8.self), count)
  }

  private func take(
    _ produced: UnsafeRawBufferPointer, onto message: inout MessageAssembly
  ) -> WSViolation? {
    let space = allowed(message) - message.bytes.count
    let fitting = unsafe UnsafeRawBufferPointer(rebasing: produced.prefix(space))
    guard unsafe message.append(inflated: fitting, expecting: lastSize) else {
      return .notUTF8("a text message")
    }
    if produced.count == fitting.count { return nil }
    if let ratio = limits.inflation, message.bytes.count < limits.message {
      return .expandsTooMuch(ratio: ratio)
    }
    return .tooBig(limit: limits.message)
  }

  /// How long the message may become, by the frames of it that have begun; never less than it is.
  private func allowed(_ message: borrowing MessageAssembly) -> Int {
    guard let ratio = limits.inflation else { return limits.message }
    let (product, isTooLarge) = message.wireSize.multipliedReportingOverflow(by: ratio)
    return min(limits.message, isTooLarge ? .max : max(product, WSLimits.inflationGrace))
  }

  private static var noMemory: WSViolation {
    WSViolation(code: .internalError, description: "no memory is left to inflate a message")
  }
}
