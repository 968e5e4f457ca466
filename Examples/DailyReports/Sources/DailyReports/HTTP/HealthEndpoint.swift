import Hummingbird

extension Endpoint {
  /// Tells a load balancer that the service answers.
  static func health() -> Endpoint {
    Endpoint("/health", [.get: { _, _ in try .json(["status": "ok"]) }])
  }
}
