public import HTTPTypes

/// What all exchanges of a driver have in common.
struct HTTPSettings: Sendable {
  /// The greatest number of bytes of a response's body.
  var responseLimit: Int
  /// Fields that each request has, unless it brings its own.
  var headers = HTTPFields()
  var cookies: CookieJar?
  /// How many redirects are followed.
  var redirectLimit = 0
  /// The codings that a response may have, and is then freed from.
  var codings: [HTTPContentCoding] = []
  /// What is kept of the exchanges.
  var capture = HTTPCapture.everything
  var observers: [@Sendable (HTTPOutcome) -> Void] = []
}

extension HTTPDriver {
  /// A driver whose requests have these fields, unless they bring their own of that name.
  public func with(headers: HTTPFields) -> HTTPDriver {
    changing { settings in
      for field in headers { settings.headers[field.name] = nil }
      for field in headers { settings.headers.append(field) }
    }
  }

  /// A driver whose requests have these credentials.
  public func authorized(_ authorization: HTTPAuthorization) -> HTTPDriver {
    with(headers: [.authorization: authorization.value])
  }

  /// A driver that keeps the cookies it is sent, and sends them back where they belong.
  ///
  /// Drivers with the same jar share their cookies, as the tabs of one browser do.
  ///
  /// Source: RFC 6265, section 5.
  public func keepingCookies(in jar: CookieJar = CookieJar()) -> HTTPDriver {
    changing { $0.cookies = jar }
  }

  /// A driver that follows at most so many redirects within the service; without it none is followed.
  ///
  /// A 303, and a 301 or 302 that answers a POST, go on with GET and without the body; a 307 or 308 repeats the
  /// request, unless its body is a stream, which can be read once: that fails the exchange. One redirect more than asked for, or one to another service, fails the exchange and says so. The
  /// exchanges on the way are ``HTTPExchange/redirects``.
  ///
  /// Source: RFC 9110, section 15.4.
  public func following(redirects limit: Int) -> HTTPDriver {
    changing { $0.redirectLimit = max(0, limit) }
  }

  /// A driver that asks for compressed responses, and undoes the compression before the test sees them.
  ///
  /// What comes out of it is held to the response limit. ``HTTPExchange/encodedBody`` is what came.
  ///
  /// Source: RFC 9110, sections 8.4 and 12.5.3.
  public func accepting(_ codings: HTTPContentCoding...) -> HTTPDriver {
    changing { $0.codings = codings }
  }

  /// A driver that also tells the observer how each exchange ended, before the test sees it, on the task that asked
  /// for it.
  public func observing(_ observer: @escaping @Sendable (HTTPOutcome) -> Void) -> HTTPDriver {
    changing { $0.observers.append(observer) }
  }

  func changing(_ change: (inout HTTPSettings) -> Void) -> HTTPDriver {
    var driver = self
    change(&driver.settings)
    return driver
  }
}
