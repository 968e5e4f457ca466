/// What a transcript keeps of a frame.
struct WSFrameRecord: Sendable, Hashable {
  /// How many bytes of a payload are kept.
  static let headLimit = 256

  let opcode: WSOpcode
  let isFinal: Bool
  /// The payload's size in bytes.
  let size: Int
  /// The first bytes of the payload, without its mask.
  let head: [UInt8]

  init(_ header: WSFrameHeader, _ payload: ArraySlice<UInt8>) {
    opcode = header.opcode
    isFinal = header.isFinal
    size = payload.count
    head = Array(payload.prefix(Self.headLimit))
  }
}
