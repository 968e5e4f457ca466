import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
  /// A response with a value as its JSON body.
  static func json(
    _ value: some Encodable, status: HTTPResponse.Status = .ok,
    mediaType: String = "application/json", headers: HTTPFields = [:]
  ) throws -> Response {
    var headers = headers
    headers[.contentType] = mediaType
    let body = ByteBuffer(bytes: try JSONText.encode(value))
    return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
  }
}
