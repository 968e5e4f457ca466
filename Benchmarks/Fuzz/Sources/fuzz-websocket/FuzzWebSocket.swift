import HarnessWebSocket

/// Feeds bytes to one end of a WebSocket, whole and in pieces: nothing may trap, nothing may grow beyond the limits,
/// and what comes of the bytes must be the same.
///
/// The first byte chooses the end and its settings, the second and third where the bytes are cut.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzWebSocket(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count >= 3 else { return 0 }
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let bytes = Array(input[3...])
  let whole = results(input[0], [bytes[...]])
  let first = min(Int(input[1]), bytes.count)
  let second = min(first + Int(input[2]), bytes.count)
  let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]]
  precondition(results(input[0], pieces) == whole, "cuts change what comes of the bytes")
  if bytes.count < 64 {
    precondition(results(input[0], bytes.indices.map { bytes[$0...$0] }) == whole)
  }
  for case .message(let message) in whole.events {
    precondition(message.bytes.count <= limit, "a message is longer than the limit")
  }
  return 0
}

private let limit = 4_096

private struct Results: Equatable {
  let events: [WSProtocol.Event]
  let output: [UInt8]
  let isReading: Bool
}

private func results(_ choice: UInt8, _ pieces: [ArraySlice<UInt8>]) -> Results {
  var settings = WSProtocol.Settings()
  settings.limits = WSLimits(message: limit, inflation: choice & 4 == 0 ? nil : 20)
  settings.makeMask = { 0x0102_0304 }
  if choice & 2 != 0 {
    var agreement = WSDeflate.Agreement()
    agreement.serverNoContextTakeover = choice & 8 != 0
    agreement.clientNoContextTakeover = choice & 8 != 0
    settings.deflate = agreement
  }
  var end = WSProtocol(choice & 1 == 0 ? .client : .server, settings)
  for piece in pieces { end.receive(Array(piece)) }
  let (events, output) = end.takeResults()
  return Results(events: events, output: output, isReading: end.isReading)
}
