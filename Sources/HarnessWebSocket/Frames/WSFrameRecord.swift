/// What a transcript keeps of a frame.
public struct WSFrameRecord: Sendable, Hashable {
  /// How many bytes of a payload are kept.
  static let headLimit = 256

  /// What the frame is.
  public let opcode: WSOpcode
  /// Whether it is the last frame of its message.
  public let isFinal: Bool
  /// The reserved bits.
  public let reserved: WSReservedBits
  /// The payload's size on the wire, in bytes.
  public let size: Int
  /// How many bytes the payload was inflated to; nil where it is not compressed.
  ///
  /// Of what several frames of a message become, each has the part that could be inflated with it.
  public let inflatedSize: Int?
  /// The first bytes of the payload, without its mask, and inflated.
  public let head: [UInt8]

  init(_ header: WSFrameHeader, payload: ArraySlice<UInt8>, isCompressed: Bool = false) {
    self = unsafe payload.withUnsafeBytes {
      unsafe WSFrameRecord(header, payload: $0, isCompressed: isCompressed)
    }
  }

  init(
    _ header: WSFrameHeader, payload: UnsafeRawBufferPointer, isCompressed: Bool = false
  ) {
    opcode = header.opcode
    isFinal = header.isFinal
    reserved = header.reserved
    size = header.length
    inflatedSize = isCompressed ? payload.count : nil
    head = unsafe Array(payload.prefix(Self.headLimit))
  }
}
