#if Hummingbird
  public import HTTPDriver
  public import Hummingbird

  extension RouteCoverage {
    /// Counts calls of the routes that a router has now.
    ///
    /// ```swift
    /// let coverage = RouteCoverage(router)
    /// let http = HTTPDriver(.hummingbird(router: router)).observing(coverage.observe)
    /// …
    /// try coverage.expectAllCalled()
    /// ```
    ///
    /// `HEAD` beside a `GET` of the same path, which Hummingbird can make by itself, is no route of its own.
    public convenience init<Context>(_ router: Router<Context>) {
      let routes = router.routes
      let gets = Set(routes.filter { $0.method == .get }.map(\.path.description))
      self.init(
        routes
          .filter { $0.method != .head || !gets.contains($0.path.description) }
          .map { "\($0.method.rawValue) \($0.path)" })
    }
  }
#endif
