import HarnessWebSocket

/// Inflates bytes as the compressed messages of a WebSocket, and sends them through one that compresses: nothing may
/// trap, nothing may grow beyond the limits, cuts must not matter, and what went in must come out.
///
/// The first byte chooses the settings, the second how much is the first message.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzInflater(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count >= 2 else { return 0 }
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let bytes = input[2...]
  let messages = [bytes.prefix(Int(input[1])), bytes.dropFirst(Int(input[1]))].map(Array.init)
  inflate(messages, input[0])
  sendThrough(messages, input[0])
  return 0
}

private let limit = 64 << 10

/// Settings by the bits of a byte: 1 forgets the context between messages, 2 limits the ratio, 4, 8 and 16 are the
/// window; 32 cuts the second message into two frames.
private func settings(_ choice: UInt8) -> WSProtocol.Settings {
  var agreement = WSDeflate.Agreement()
  agreement.serverNoContextTakeover = choice & 1 != 0
  agreement.clientNoContextTakeover = choice & 1 != 0
  agreement.serverWindowBits = 9 + Int(choice >> 2 & 7) % 7
  agreement.clientWindowBits = agreement.serverWindowBits
  var settings = WSProtocol.Settings()
  settings.limits = WSLimits(message: limit, inflation: choice & 2 == 0 ? nil : 20)
  settings.makeMask = { 0 }
  settings.deflate = agreement
  return settings
}

/// What a peer might send: each message is DEFLATE, or is not.
private func inflate(_ messages: [[UInt8]], _ choice: UInt8) {
  var frames = [WSFrame(.binary, messages[0], reserved: .rsv1)]
  let second = messages[1]
  if choice & 32 == 0 {
    frames.append(WSFrame(.text, second, reserved: .rsv1))
  } else {
    let half = second.count / 2
    frames.append(WSFrame(.binary, Array(second[..<half]), isFinal: false, reserved: .rsv1))
    frames.append(WSFrame(.continuation, Array(second[half...])))
  }
  let bytes = frames.flatMap { $0.bytes(sentBy: .server) }
  func results(inPiecesOf size: Int) -> [WSProtocol.Event] {
    var end = WSProtocol(.client, settings(choice))
    for start in stride(from: 0, to: bytes.count, by: size) {
      end.receive(Array(bytes[start..<min(start + size, bytes.count)]))
    }
    return end.takeResults().events
  }
  let whole = results(inPiecesOf: max(bytes.count, 1))
  precondition(results(inPiecesOf: 1) == whole, "cuts change what comes of the bytes")
  for case .message(let message) in whole {
    precondition(message.bytes.count <= limit, "a message is longer than the limit")
  }
}

/// What goes in at one end comes out at the other.
private func sendThrough(_ messages: [[UInt8]], _ choice: UInt8) {
  var settings = settings(choice)
  settings.limits = WSLimits(message: limit, inflation: nil)
  var client = WSProtocol(.client, settings)
  var server = WSProtocol(.server, settings)
  for message in messages { precondition(client.send(.binary(message))) }
  server.receive(client.takeResults().output)
  let received = server.takeResults().events.compactMap { event -> [UInt8]? in
    if case .message(.binary(let bytes)) = event { bytes } else { nil }
  }
  precondition(received == messages, "what was compressed is not what was inflated")
}
