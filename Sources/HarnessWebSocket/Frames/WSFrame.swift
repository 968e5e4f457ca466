/// A frame to be sent as it is, right or wrong.
///
/// Nothing about it is checked: it is made to break the protocol on purpose, and to see what the peer does.
/// Where nothing is said, it is what the protocol asks for.
public struct WSFrame: Sendable, Hashable {
  /// How the payload is masked.
  public enum Masking: Sendable, Hashable {
    /// As this end must: a client with a fresh key, a server not at all.
    case asRequired
    /// Not at all.
    case none
    /// With this key, its highest byte first.
    case key(UInt32)
  }

  /// How the length of the payload is written.
  public enum Length: Sendable, Hashable {
    /// In its shortest form, as it must be.
    case shortest
    /// In the form with 16 bits; only the lowest 16 bits of the length are written.
    case in16Bits
    /// In the form with 64 bits.
    case in64Bits
    /// Another length than the payload has, in the shortest form that holds it.
    case claimed(UInt64)
  }

  /// What the frame is.
  public var opcode: WSOpcode
  /// The payload, before it is masked.
  public var payload: [UInt8]
  /// Whether it is the last frame of its message.
  public var isFinal: Bool
  /// The reserved bits.
  public var reserved: WSReservedBits
  /// How the payload is masked.
  public var masking: Masking
  /// How the length is written.
  public var length: Length

  /// Makes a frame.
  public init(
    _ opcode: WSOpcode, _ payload: [UInt8] = [], isFinal: Bool = true,
    reserved: WSReservedBits = [], masking: Masking = .asRequired, length: Length = .shortest
  ) {
    self.opcode = opcode
    self.payload = payload
    self.isFinal = isFinal
    self.reserved = reserved
    self.masking = masking
    self.length = length
  }

  /// Makes a close frame with any code.
  public static func close(_ code: WSCloseCode, reason: String = "") -> WSFrame {
    WSFrame(
      .close,
      [UInt8(code.rawValue >> 8), UInt8(truncatingIfNeeded: code.rawValue)] + Array(reason.utf8))
  }

  /// The bytes on the wire.
  public func bytes(
    sentBy role: WSRole, makeMask: () -> UInt32 = { .random(in: 0...(.max)) }
  ) -> [UInt8] {
    let key: UInt32? =
      switch masking {
      case .asRequired: role == .client ? makeMask() : nil
      case .none: nil
      case .key(let key): key
      }
    var bytes: [UInt8] = [(isFinal ? 0x80 : 0) | reserved.rawValue << 4 | opcode.rawValue & 0xf]
    writeLength(to: &bytes, maskBit: key == nil ? 0 : 0x80)
    if let key { bytes.append(bigEndian: UInt64(key), bytes: 4) }
    let start = bytes.count
    bytes += payload
    if let key {
      var mask = PayloadMask(key: key)
      mask.apply(to: &bytes, from: start)
    }
    return bytes
  }

  private func writeLength(to bytes: inout [UInt8], maskBit: UInt8) {
    var number = UInt64(payload.count)
    if case .claimed(let claimed) = length { number = claimed }
    let form: UInt8 =
      switch length {
      case .in16Bits: 126
      case .in64Bits: 127
      case .shortest, .claimed: number <= 125 ? UInt8(number) : number <= 0xffff ? 126 : 127
      }
    bytes.append(maskBit | form)
    if form == 126 { bytes.append(bigEndian: number, bytes: 2) }
    if form == 127 { bytes.append(bigEndian: number, bytes: 8) }
  }
}
