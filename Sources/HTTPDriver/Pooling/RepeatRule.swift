import HTTPTypes

/// Decides whether a request is sent again whose kept connection ended before any byte of an answer came.
///
/// A server may close an idle connection at any time, also while a request is on its way; it is then not known whether
/// the request was acted on.
///
/// Source: RFC 9110, section 9.2.2, and RFC 9112, section 9.3.1.
enum RepeatRule {
  /// Why the request is not sent again; nil where it is.
  static func objection(to plan: ExchangePlan) -> String? {
    let method = plan.request.method
    guard idempotent.contains(method) else {
      return """
        \(method.rawValue) is not idempotent, so it is not sent again (RFC 9110, section 9.2.2)
        """
    }
    guard plan.body.wholeBytes != nil else {
      return "the request's body is sent in pieces, so it is not sent again"
    }
    guard plan.cancellation == nil else {
      return "the client was to go away, so the request is not sent again"
    }
    return nil
  }

  private static let idempotent: Set<HTTPRequest.Method> = [
    .get, .head, .put, .delete, .options, .trace,
  ]
}
