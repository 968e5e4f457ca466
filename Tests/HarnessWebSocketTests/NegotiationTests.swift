import Testing

@testable import HarnessWebSocket

@Suite struct `The negotiation of permessage-deflate` {
  static func agreement(
    server: Int = 15, client: Int = 15, serverAlone: Bool = false, clientAlone: Bool = false
  ) -> WSDeflate.Agreement {
    var agreement = WSDeflate.Agreement()
    agreement.serverWindowBits = server
    agreement.clientWindowBits = client
    agreement.serverNoContextTakeover = serverAlone
    agreement.clientNoContextTakeover = clientAlone
    return agreement
  }

  @Test func `offers what is asked for`() {
    #expect(WSDeflate().offer == "permessage-deflate; client_max_window_bits")
    #expect(
      WSDeflate(
        serverNoContextTakeover: true, clientNoContextTakeover: true, serverMaxWindowBits: 10,
        clientMaxWindowBits: 9
      ).offer
        == "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
        + "server_max_window_bits=10; client_max_window_bits=9")
    #expect(WSDeflate(serverMaxWindowBits: 3).serverMaxWindowBits == 8)
  }

  struct Answer: Sendable, CustomTestStringConvertible {
    let offer: WSDeflate
    let text: String?
    let agreement: WSDeflate.Agreement?
    var testDescription: String { text ?? "none" }

    init(_ text: String?, to offer: WSDeflate = WSDeflate(), _ agreement: WSDeflate.Agreement?) {
      (self.text, self.offer, self.agreement) = (text, offer, agreement)
    }
  }

  @Test(arguments: [
    Answer(nil, nil),
    Answer("permessage-deflate", agreement()),
    Answer(" permessage-deflate ; server_no_context_takeover", agreement(serverAlone: true)),
    Answer("permessage-deflate; client_no_context_takeover", agreement(clientAlone: true)),
    Answer("permessage-deflate; server_max_window_bits=8", agreement(server: 8)),
    Answer("permessage-deflate; server_max_window_bits=\"1\\0\"", agreement(server: 10)),
    Answer("permessage-deflate;client_max_window_bits=9", agreement(client: 9)),
    Answer(
      "permessage-deflate; server_max_window_bits=9", to: WSDeflate(serverMaxWindowBits: 10),
      agreement(server: 9)),
    Answer("permessage-deflate", to: WSDeflate(clientMaxWindowBits: 9), agreement(client: 9)),
    Answer(
      "permessage-deflate", to: WSDeflate(clientNoContextTakeover: true),
      agreement(clientAlone: true)),
  ])
  func `takes an answer`(_ answer: Answer) throws {
    #expect(try answer.offer.agreement(answer: answer.text) == answer.agreement)
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let text: String
    let offer: WSDeflate
    let reason: String
    var testDescription: String { text }

    init(_ text: String, to offer: WSDeflate = WSDeflate(), _ reason: String) {
      (self.text, self.offer, self.reason) = (text, offer, reason)
    }
  }

  @Test(arguments: [
    Fault("", "Sec-WebSocket-Extensions cannot be read: \"\""),
    Fault(
      "permessage-deflate;", "Sec-WebSocket-Extensions cannot be read: \"permessage-deflate;\""),
    Fault(
      "permessage-deflate; server_max_window_bits=\"9",
      "Sec-WebSocket-Extensions cannot be read: \"permessage-deflate; server_max_window_bits=\\\"9\""
    ),
    Fault(
      "x-webkit-deflate-frame", "the server chose \"x-webkit-deflate-frame\", which was not offered"
    ),
    Fault(
      "permessage-deflate, permessage-deflate",
      "the server chose \"permessage-deflate, permessage-deflate\", which was not offered"),
    Fault("permessage-deflate; foo=1", "permessage-deflate has no parameter \"foo=1\""),
    Fault(
      "permessage-deflate; server_no_context_takeover=1",
      "permessage-deflate has no parameter \"server_no_context_takeover=1\""),
    Fault(
      "permessage-deflate; server_max_window_bits",
      "permessage-deflate has no parameter \"server_max_window_bits\""),
    Fault(
      "permessage-deflate; server_max_window_bits=16",
      "server_max_window_bits=16 is not a number from 8 to 15"),
    Fault(
      "permessage-deflate; server_max_window_bits=09",
      "server_max_window_bits=09 is not a number from 8 to 15"),
    Fault(
      "permessage-deflate; server_max_window_bits=9; server_max_window_bits=9",
      "permessage-deflate has server_max_window_bits twice"),
    Fault(
      "permessage-deflate; client_max_window_bits",
      "client_max_window_bits has no value in an answer"),
    Fault(
      "permessage-deflate; client_max_window_bits=12", to: WSDeflate(clientMaxWindowBits: 10),
      "client_max_window_bits=10 was offered, the server took 12"),
    Fault(
      "permessage-deflate", to: WSDeflate(serverNoContextTakeover: true),
      "the server did not take server_no_context_takeover, which was asked for"),
    Fault(
      "permessage-deflate", to: WSDeflate(serverMaxWindowBits: 10),
      "server_max_window_bits=10 was asked for, the server took nothing"),
    Fault(
      "permessage-deflate; server_max_window_bits=12", to: WSDeflate(serverMaxWindowBits: 10),
      "server_max_window_bits=10 was asked for, the server took 12"),
  ])
  func `says what is wrong with an answer`(_ fault: Fault) {
    #expect(throws: WSExtensionError(fault.reason)) {
      try fault.offer.agreement(answer: fault.text)
    }
  }

  struct Offer: Sendable, CustomTestStringConvertible {
    let text: String
    let server: WSDeflate
    let answer: String?
    var testDescription: String { text }

    init(_ text: String, by server: WSDeflate = WSDeflate(), _ answer: String?) {
      (self.text, self.server, self.answer) = (text, server, answer)
    }
  }

  @Test(arguments: [
    Offer("permessage-deflate", "permessage-deflate"),
    Offer("permessage-deflate; client_max_window_bits", "permessage-deflate"),
    Offer(
      "permessage-deflate; client_max_window_bits", by: WSDeflate(clientMaxWindowBits: 9),
      "permessage-deflate; client_max_window_bits=9"),
    // Without the parameter in the offer it must not be in the answer (RFC 7692, section 7.1.2.2).
    Offer("permessage-deflate", by: WSDeflate(clientMaxWindowBits: 9), "permessage-deflate"),
    Offer(
      "permessage-deflate; client_max_window_bits=10",
      "permessage-deflate; client_max_window_bits=10"),
    Offer(
      "permessage-deflate; server_max_window_bits=10; server_no_context_takeover",
      "permessage-deflate; server_no_context_takeover; server_max_window_bits=10"),
    Offer(
      "permessage-deflate; server_max_window_bits=12", by: WSDeflate(serverMaxWindowBits: 9),
      "permessage-deflate; server_max_window_bits=9"),
    Offer("permessage-deflate; foo, permessage-deflate", "permessage-deflate"),
    Offer(
      "permessage-deflate; server_max_window_bits=7, x-other; a=b, permessage-deflate; client_no_context_takeover",
      "permessage-deflate; client_no_context_takeover"),
    Offer("x-other", nil),
    Offer("permessage-deflate; server_max_window_bits", nil),
  ])
  func `answers the first offer that it can take`(_ offer: Offer) throws {
    #expect(try offer.server.accept(offers: offer.text)?.answer == offer.answer)
  }

  @Test func `means the same to both ends`() throws {
    let values: [Int?] = [nil, 8, 9, 15]
    for server in values {
      for client in values {
        for alone in [false, true] {
          let offer = WSDeflate(
            serverNoContextTakeover: alone, clientNoContextTakeover: !alone,
            serverMaxWindowBits: server, clientMaxWindowBits: client)
          let accepted = try #require(
            try WSDeflate(serverMaxWindowBits: client, clientMaxWindowBits: server)
              .accept(offers: offer.offer))
          #expect(try offer.agreement(answer: accepted.answer) == accepted.agreement)
        }
      }
    }
  }
}
