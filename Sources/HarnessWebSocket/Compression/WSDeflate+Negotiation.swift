extension WSDeflate {
  /// Reads a server's answer to this offer.
  ///
  /// - Parameter answer: The value of `Sec-WebSocket-Extensions`; nil where there is no such field.
  /// - Returns: What has been agreed on; nil where the server took nothing.
  /// - Throws: What is wrong with the answer: the connection must be failed then.
  ///
  /// Source: RFC 7692, sections 5 and 7.1.
  public func agreement(answer: String?) throws(WSExtensionError) -> Agreement? {
    guard let answer else { return nil }
    let extensions = try WSExtension.list(answer)
    guard let only = extensions.first, extensions.count == 1, only.name == "permessage-deflate"
    else { throw WSExtensionError("the server chose \"\(answer)\", which was not offered") }
    let said = try Parameters(only)
    var agreement = Agreement()
    agreement.level = level
    agreement.serverNoContextTakeover = said.serverNoContextTakeover
    if serverNoContextTakeover && !said.serverNoContextTakeover {
      throw WSExtensionError(
        "the server did not take server_no_context_takeover, which was asked for")
    }
    agreement.clientNoContextTakeover = clientNoContextTakeover || said.clientNoContextTakeover
    switch (serverMaxWindowBits, said.serverMaxWindowBits) {
    case (let most?, let bits?) where bits <= most: agreement.serverWindowBits = bits
    case (nil, let bits?): agreement.serverWindowBits = bits
    case (let most?, let bits):
      let taken = bits.map { "\($0)" } ?? "nothing"
      throw WSExtensionError(
        "server_max_window_bits=\(most) was asked for, the server took \(taken)")
    case (nil, nil): break
    }
    switch said.clientMaxWindowBits {
    case .absent: agreement.clientWindowBits = clientMaxWindowBits ?? 15
    case .withoutValue:
      throw WSExtensionError("client_max_window_bits has no value in an answer")
    case .bits(let bits):
      if let most = clientMaxWindowBits, bits > most {
        throw WSExtensionError(
          "client_max_window_bits=\(most) was offered, the server took \(bits)")
      }
      agreement.clientWindowBits = bits
    }
    return agreement
  }

  /// Chooses among a client's offers the first that this end can take.
  ///
  /// - Parameter offers: The value of `Sec-WebSocket-Extensions`; nil where there is no such field.
  /// - Returns: What to answer, and what it means; nil where nothing can be taken.
  /// - Throws: What is wrong with the field: the request is then malformed.
  ///
  /// Source: RFC 7692, sections 5.1 and 7.1.
  public func accept(
    offers: String?
  ) throws(WSExtensionError) -> (answer: String, agreement: Agreement)? {
    guard let offers else { return nil }
    for offer in try WSExtension.list(offers) where offer.name == "permessage-deflate" {
      // An offer with a parameter that cannot be read is declined, which is no fault of the request.
      guard let said = try? Parameters(offer) else { continue }
      return accept(said)
    }
    return nil
  }

  private func accept(_ said: Parameters) -> (answer: String, agreement: Agreement) {
    var agreement = Agreement()
    agreement.level = level
    var answer = "permessage-deflate"
    if said.serverNoContextTakeover || serverNoContextTakeover {
      agreement.serverNoContextTakeover = true
      answer += "; server_no_context_takeover"
    }
    if said.clientNoContextTakeover || clientNoContextTakeover {
      agreement.clientNoContextTakeover = true
      answer += "; client_no_context_takeover"
    }
    if said.serverMaxWindowBits != nil || serverMaxWindowBits != nil {
      let bits = min(said.serverMaxWindowBits ?? 15, serverMaxWindowBits ?? 15)
      agreement.serverWindowBits = bits
      answer += "; server_max_window_bits=\(bits)"
    }
    switch said.clientMaxWindowBits {
    // A client that does not know the parameter must not be sent it.
    case .absent: break
    case .withoutValue: agreement.clientWindowBits = clientMaxWindowBits ?? 15
    case .bits(let bits): agreement.clientWindowBits = min(bits, clientMaxWindowBits ?? 15)
    }
    if said.clientMaxWindowBits != .absent, agreement.clientWindowBits < 15 {
      answer += "; client_max_window_bits=\(agreement.clientWindowBits)"
    }
    return (answer, agreement)
  }

  /// The parameters of one offer or answer.
  private struct Parameters {
    enum ClientBits: Equatable {
      case absent
      case withoutValue
      case bits(Int)
    }

    var serverNoContextTakeover = false
    var clientNoContextTakeover = false
    var serverMaxWindowBits: Int?
    var clientMaxWindowBits = ClientBits.absent

    init(_ element: WSExtension) throws(WSExtensionError) {
      var names: Set<String> = []
      for parameter in element.parameters {
        guard names.insert(parameter.name).inserted else {
          throw WSExtensionError("permessage-deflate has \(parameter.name) twice")
        }
        switch (parameter.name, parameter.value) {
        case ("server_no_context_takeover", nil): serverNoContextTakeover = true
        case ("client_no_context_takeover", nil): clientNoContextTakeover = true
        case ("server_max_window_bits", let value?):
          serverMaxWindowBits = try Self.bits(parameter.name, value)
        case ("client_max_window_bits", nil): clientMaxWindowBits = .withoutValue
        case ("client_max_window_bits", let value?):
          clientMaxWindowBits = .bits(try Self.bits(parameter.name, value))
        default:
          let value = parameter.value.map { "=\($0)" } ?? ""
          throw WSExtensionError(
            "permessage-deflate has no parameter \"\(parameter.name)\(value)\"")
        }
      }
    }

    /// A whole number from 8 to 15 without leading zeros (section 7.1.2).
    private static func bits(_ name: String, _ value: String) throws(WSExtensionError) -> Int {
      guard let bits = Int(value), (8...15).contains(bits), value == "\(bits)" else {
        throw WSExtensionError("\(name)=\(value) is not a number from 8 to 15")
      }
      return bits
    }
  }
}
