import HarnessWebSocket

/// Reads bytes as a `Sec-WebSocket-Extensions` field, as an answer and as offers: nothing may trap, and what a server
/// answers must be what a client takes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzExtensions(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  _ = try? WSDeflate().agreement(answer: text)
  if let accepted = try? WSDeflate().accept(offers: text) {
    precondition((8...15).contains(accepted.agreement.serverWindowBits))
    precondition((try? WSDeflate().accept(offers: accepted.answer)) != nil)
  }
  return 0
}
