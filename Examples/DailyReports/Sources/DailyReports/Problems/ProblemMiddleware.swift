import HTTPTypes
import Hummingbird
import Logging

/// Answers every request that failed with a problem document, wherever the failure came from.
struct ProblemMiddleware: RouterMiddleware {
  let endpoints: [Endpoint]
  let writer: any ErrorWriter

  func handle(
    _ request: Request, context: BasicRequestContext,
    next: @concurrent (Request, BasicRequestContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let problem as ServiceProblem {
      return try response(to: problem, for: request)
    } catch let error as HTTPError where error.status == .notFound {
      return try response(to: unrouted(request), for: request)
    } catch {
      context.logger.error("request failed", metadata: ["error": "\(error)"])
      return try response(to: .failure, for: request)
    }
  }

  /// What is wrong with a request that no route takes: its path, or only its method.
  private func unrouted(_ request: Request) -> ServiceProblem {
    guard let endpoint = endpoints.first(where: { $0.matches(request.uri.path) }) else {
      return .unknownPath(request.uri.path)
    }
    return .methodNotAllowed(request.method, allowed: endpoint.allowedMethods)
  }

  private func response(to problem: ServiceProblem, for request: Request) throws -> Response {
    var response = try writer.response(to: problem.document)
    response.headers.append(contentsOf: problem.headers)
    // RFC 9110, section 9.3.2: a response to HEAD has no body.
    return request.method == .head ? response.createHeadResponse() : response
  }
}
