import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix

/// HTTP/1.1 over TCP, one connection for each exchange.
struct LiveTransport: ExchangeTransport {
  let address: ServiceAddress?

  private let target: ServiceAddress

  init(address: ServiceAddress) {
    self.address = address
    target = address
  }

  var capabilities: HTTPTransport.Capabilities { [.sockets, .upgrades] }

  func exchange(_ plan: ExchangePlan) async -> ExchangeResult {
    let run = ExchangeRun(plan)
    let connection = LiveConnection(run: run, isUpgrade: false)
    connection.start(to: target, plan)
    let result = await run.result(by: plan.deadline)
    await connection.closed()
    return result
  }

  func upgrade(_ plan: ExchangePlan) async -> (result: ExchangeResult, stream: ByteStream?) {
    let run = ExchangeRun(plan)
    let connection = LiveConnection(run: run, isUpgrade: true)
    connection.start(to: target, plan)
    let result = await run.result(by: plan.deadline)
    let stream = connection.takeStream()
    if case .complete = result.ending, let stream { return (result, stream) }
    stream?.close()
    await connection.closed()
    return (result, nil)
  }
}
