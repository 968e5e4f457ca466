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
    /// The value of the `Accept` field, nil when there is none.
    public var accept: String?
    /// The value of the `Accept-Language` field, nil when there is none.
    public var acceptLanguage: String?
    /// The body that was sent; the pointers of validation errors lead into it where it is JSON.
    public var body: [UInt8]

    /// Describes a request.
    public init(
      method: String, target: String, accept: String? = nil, acceptLanguage: String? = nil,
      body: [UInt8] = []
    ) {
      self.method = method
      self.target = target
      self.accept = accept
      self.acceptLanguage = acceptLanguage
      self.body = body
    }
  }

  /// The status code of the response.
  public var status: Int
  /// The value of the `Content-Type` field, nil when there is none.
  public var contentType: String?
  /// The value of the `Content-Language` field, nil when there is none.
  public var contentLanguage: String?
  /// The value of the `Retry-After` field, nil when there is none.
  public var retryAfter: String?
  /// The bytes of the body.
  public var body: [UInt8]
  /// The request, where it is known.
  public var request: Request?
  /// The address of the response, against which relative types are resolved; nil where it is not known.
  public var url: String?
  /// The problem types that the service documents; nil where a suite does not say.
  public var types: ProblemTypes?
  /// The titles of problems that came before, so that one that changes is noticed.
  public var titles: ProblemTitles?

  /// Describes a response.
  public init(
    status: Int, contentType: String?, contentLanguage: String? = nil, retryAfter: String? = nil,
    body: [UInt8], request: Request? = nil, url: String? = nil, types: ProblemTypes? = nil,
    titles: ProblemTitles? = nil
  ) {
    self.status = status
    self.contentType = contentType
    self.contentLanguage = contentLanguage
    self.retryAfter = retryAfter
    self.body = body
    self.request = request
    self.url = url
    self.types = types
    self.titles = titles
  }

  /// The media type without its parameters, in lower case; empty when there is none.
  package var mediaType: String {
    let essence = (contentType ?? "").prefix { $0 != ";" }
    return String(essence.filter { $0 != " " && $0 != "\t" }).lowercased()
  }

  /// Whether the response is in XML, or could have been.
  var offersXML: Bool {
    mediaType == "application/problem+xml"
      || request?.accept?.lowercased().contains("application/problem+xml") == true
  }

  /// Whether the texts of the response are in English, as far as one can know.
  var isEnglish: Bool {
    // Without Content-Language the text is taken to be English.
    contentLanguage.map { $0.lowercased().hasPrefix("en") } ?? true
  }
}
