@testable import HTTPDriver
import HTTPTypes
import NIOCore
import NIOEmbedded

/// Lets a client hear bytes as the answer to its request, in one piece and in many, to their end: nothing may trap, no
/// limit be passed, every exchange ends, and the cuts change nothing of what is told.
///
/// The first byte says what was asked, the second the size of the pieces.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzResponse(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: libFuzzer hands over `count` bytes that live as long as the call.
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard input.count > 2 else { return 0 }
  let bytes = Array(input.dropFirst(2))
  let whole = Hearing(bytes, asking: input[0], cut: bytes.count)
  let cut = Hearing(bytes, asking: input[0], cut: max(1, Int(input[1])))
  precondition(whole == cut, "the cuts change what is heard:\n\(whole)\n\(cut)")
  precondition(whole.body.count <= limit)
  return 0
}

private let limit = 512
private let client = HTTPDriver("http://a", responseLimit: limit)

/// What came of an exchange.
private struct Hearing: Equatable {
  var ending = ""
  var status: Int?
  var informational: [Int] = []
  var body: [UInt8] = []
  var trailers = HTTPFields()

  init(_ bytes: [UInt8], asking choice: UInt8, cut size: Int) {
    let methods: [HTTPRequest.Method] = [.get, .head, .post, .delete]
    let made = client.makePlan(methods[Int(choice) % methods.count], "/", .empty, headers: [:])
    guard case .success(var plan) = made else { preconditionFailure("no request: \(made)") }
    if choice & 0x80 != 0 {
      plan.kind = .upgrade
      plan.request.headerFields[.upgrade] = "x"
    }
    let run = ExchangeRun(plan)
    let connection = WireConnection(run: run, codec: .http1)
    let channel = EmbeddedChannel()
    do {
      try channel.connect(to: SocketAddress(unixDomainSocketPath: "/a")).wait()
      try connection.furnish(channel)
    } catch {
      preconditionFailure("no connection: \(error)")
    }
    RequestSender(run: run).send(over: channel, madeAt: .now)
    var rest = bytes[...]
    while !rest.isEmpty, channel.isActive {
      // A thrown error is one that the pipeline has heard of as well.
      _ = try? channel.writeInbound(ByteBuffer(bytes: rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    connection.takeStream()?.close()
    channel.embeddedEventLoop.run()
    if channel.isActive { channel.close(promise: nil) }
    channel.embeddedEventLoop.run()
    precondition(run.hasEnded, "the exchange goes on after its connection")
    let result = run.soFar
    ending =
      switch result.ending {
      case .complete: "complete"
      case .failed(let code, _): "\(code)"
      case .cancelled: "cancelled"
      }
    status = result.response?.status.code
    informational = result.informational.map(\.status.code)
    body = result.body
    trailers = result.trailers
  }
}
