import Foundation
import Hummingbird

/// An error that clients can read: RFC 9457, section 3.
struct NoteProblem: HTTPResponseError {
  let status: HTTPResponse.Status
  let type: String
  let title: String
  let detail: String

  static func unknownNote(_ id: Int) -> NoteProblem {
    NoteProblem(
      status: .notFound, type: "https://example.com/problems/unknown-note",
      title: "Unknown note", detail: "There is no note \(id).")
  }

  func response(from request: Request, context: some RequestContext) throws -> Response {
    let document = Document(type: type, title: title, status: status.code, detail: detail)
    return Response(
      status: status, headers: [.contentType: "application/problem+json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try JSONEncoder().encode(document))))
  }

  private struct Document: Encodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
  }
}
