/// What the rules are checked against: a response, and what is known of its request.
///
/// `HTTPDriver` makes one of an exchange; anyone can make one by hand.
public struct ProblemContext: Sendable {
  /// What is known of the request.
  public struct Request: Sendable {
    /// The method, such as `POST`.
    public var method: String
    /// The path with the query, such as `/orders?page=2`.
    public var target: String
    /// The body that was sent; the pointers of validation errors lead into it where it is JSON.
    public var body: [UInt8]

    /// Describes a request.
    public init(method: String, target: String, body: [UInt8] = []) {
      self.method = method
      self.target = target
      self.body = body
    }
  }

  /// The status code of the response.
  public var status: Int
  /// The value of the `Content-Type` field, nil when there is none.
  public var contentType: String?
  /// The value of the `Content-Language` field, nil when there is none.
  public var contentLanguage: String?
  /// The bytes of the body.
  public var body: [UInt8]
  /// The request, where it is known.
  public var request: Request?

  /// Describes a response.
  public init(
    status: Int, contentType: String?, contentLanguage: String? = nil, body: [UInt8],
    request: Request? = nil
  ) {
    self.status = status
    self.contentType = contentType
    self.contentLanguage = contentLanguage
    self.body = body
    self.request = request
  }

  /// The media type without its parameters, in lower case; empty when there is none.
  var mediaType: String {
    let essence = (contentType ?? "").prefix { $0 != ";" }
    return String(essence.filter { $0 != " " && $0 != "\t" }).lowercased()
  }
}
