import HTTPDriver
import HarnessReporting
import Waiters

/// How closely the codes of a server are looked at.
public enum WSStrictness: Sendable, Hashable {
  /// It is enough that the connection is ended.
  case anyCode
  /// The code must be the one that the RFC has.
  case exactCodes
}

extension WSDriver {
  /// Asks a server for its stand to every rule, each on a connection of its own.
  ///
  /// What the server sends by itself does not matter; the endpoint should take any message, text and binary, as an echo
  /// does. Behind each breach a ping is sent, and a server that answers it has gone on: it has 250 ms more to close.
  ///
  /// - Parameters:
  ///   - path: An endpoint that takes any message.
  ///   - headers: The header fields of each request.
  ///   - subprotocols: The subprotocols to offer.
  ///   - rules: The rules; all of them unless said otherwise.
  ///   - duration: How long each may take; 5 s unless said otherwise.
  /// - Returns: A verdict for each rule, in their order.
  public func strictness(
    _ path: String, headers: HTTPFields = [:], subprotocols: [String] = [],
    rules: [WSRule] = WSRule.all, within duration: Duration = .seconds(5)
  ) async -> [WSRuleVerdict] {
    var verdicts: [WSRuleVerdict] = []
    for rule in rules {
      var options = options
      options.compression = rule.isCompressed ? options.compression ?? WSDeflate() : nil
      let driver = WSDriver(http, options)
      let opening = await driver.open(
        path, headers, subprotocols, by: .effective(within: duration))
      let judged: (WSRuleVerdict.Grade, String)
      switch opening {
      case .open(let connection, _):
        judged =
          rule.isCompressed && connection.context.deflate == nil
          ? (.skipped, "the server takes no permessage-deflate")
          : await WSRuleProbe(rule, connection, duration).judge()
        connection.close(.normalClosure, reason: "")
        connection.stream.close()
        await connection.stream.closed()
      case .refused(let refusal): judged = (.broken, "no WebSocket: \(refusal.reason)")
      case .failed(let error): judged = (.broken, "no WebSocket: \(error.reason)")
      case .cancelled: return verdicts
      }
      verdicts.append(WSRuleVerdict(rule: rule, grade: judged.0, finding: judged.1))
    }
    return verdicts
  }

  /// Expects a server to keep to the rules of RFC 6455, and to those of RFC 7692 where it takes compression.
  ///
  /// ```swift
  /// try await WSDriver(http).expectStrictness("/ws", except: ["7.4 the code 1016"])
  /// ```
  ///
  /// `path` is an endpoint that takes any message, text and binary, as an echo does. `rules:` are all of them unless said
  /// otherwise. `except:` names rules that the server is known not to keep; one that it keeps all the same fails, so that
  /// the list stays true. `codes:` says how closely the codes are looked at, and `within:` how long each rule may take,
  /// 5 s unless said otherwise.
  ///
  /// - Throws: After the test has failed at this line, once, with every rule that is not kept.
  public func expectStrictness(
    _ path: String, headers: HTTPFields = [:], subprotocols: [String] = [],
    rules: [WSRule] = WSRule.all, except names: Set<String> = [],
    codes strictness: WSStrictness = .exactCodes, within duration: Duration = .seconds(5),
    fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let verdicts = await self.strictness(
      path, headers: headers, subprotocols: subprotocols, rules: rules, within: duration)
    try Task.checkCancellation()
    let report = WSStrictnessReport(
      path: path, verdicts: verdicts, exceptions: names, strictness: strictness)
    guard let text = report.failure else { return }
    throw await http.reporter.error(recording: Failure(text, at: site))
  }
}
