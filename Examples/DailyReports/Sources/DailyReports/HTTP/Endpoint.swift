import HTTPTypes
import Hummingbird

/// A path of the service and what can be done with it.
struct Endpoint: Sendable {
  typealias Handler = @Sendable (Request, BasicRequestContext) async throws -> Response

  let path: RouterPath
  let handlers: [HTTPRequest.Method: Handler]

  init(_ path: RouterPath, _ handlers: [HTTPRequest.Method: Handler]) {
    self.path = path
    self.handlers = handlers
  }

  /// The methods that the path takes; the router adds HEAD wherever there is GET.
  var allowedMethods: [HTTPRequest.Method] {
    handlers.keys.contains(.get) ? handlers.keys + [.head] : Array(handlers.keys)
  }

  /// Whether a request for this path belongs here, whatever its method.
  func matches(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    return parts.count == self.path.count && zip(self.path, parts).allSatisfy { $0 ~= $1 }
  }
}

extension Router<BasicRequestContext> {
  /// A router for some endpoints, which answers whatever fails with a problem document.
  convenience init(_ endpoints: [Endpoint], errors: any ErrorWriter) {
    self.init(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
    add(middleware: ProblemMiddleware(endpoints: endpoints, writer: errors))
    for endpoint in endpoints {
      for (method, handler) in endpoint.handlers {
        on(endpoint.path, method: method, use: handler)
      }
    }
  }
}
