import HTTPTypes
import Hummingbird
import NIOCore
import _NIOFileSystem

/// Receives uploads, straight into files.
struct UploadIntake: Sendable {
  /// What a body may have beside the workbook: delimiters, heads, small fields.
  private static let framingAllowance = 64 * 1024

  let directory: UploadDirectory
  /// The size of the largest workbook that is taken, in bytes.
  let limit: Int

  /// Receives the workbook of a request whole, or leaves nothing behind.
  ///
  /// - Throws: ``ServiceProblem`` for what the client did wrong, ``UploadBrokeOff`` when not all came, and
  ///   what the file system says when the file cannot be written.
  func receive(_ request: Request) async throws -> StagedUpload {
    let boundary = try boundary(of: request)
    if let length = request.headers[.contentLength].flatMap(Int.init),
      length > limit + Self.framingAllowance
    {
      throw ServiceProblem.tooLarge(limit: limit)
    }
    let path = directory.newFile()
    // The file takes its name when the body returns; it never has one when the body throws.
    let fileName = try await FileSystem.shared.withFileHandle(
      forWritingAt: FilePath(path),
      options: .newFile(replaceExisting: false, permissions: .ownerReadWrite)
    ) { file in
      try await file.withBufferedWriter { writer in
        try await receive(request.body, boundary: boundary, into: &writer)
      }
    }
    return StagedUpload(path: path, fileName: fileName)
  }

  private func boundary(of request: Request) throws(ServiceProblem) -> String {
    let type = request.headers[.contentType]
    let parameters = HeaderParameters(type ?? "")
    guard parameters.value == "multipart/form-data", let boundary = parameters["boundary"],
      // RFC 2046, section 5.1.1.
      (1...70).contains(boundary.utf8.count)
    else { throw .wrongMediaType(type) }
    return boundary
  }

  /// Writes the content of the part named `file` to a file, and returns the name it came with.
  private func receive(
    _ body: RequestBody, boundary: String, into file: inout BufferedWriter<WriteFileHandle>
  ) async throws -> String {
    var parser = MultipartParser(boundary: boundary)
    var fileName: String?
    var isInFile = false
    var isWhole = false
    var received = 0
    var written = 0

    var pieces = body.makeAsyncIterator()
    while let buffer = try await next(of: &pieces) {
      received += buffer.readableBytes
      guard received <= limit + Self.framingAllowance else {
        throw ServiceProblem.tooLarge(limit: limit)
      }
      parser.append(buffer)
      while let event = try parser.next() {
        switch event {
        case .part(let head):
          isInFile = head.name == "file"
          guard isInFile else { continue }
          guard fileName == nil else {
            throw ServiceProblem.malformedUpload("There is more than one part named “file”.")
          }
          fileName = head.fileName ?? "workbook.xlsx"
        case .bytes(let bytes):
          guard isInFile else { continue }
          written += bytes.readableBytes
          guard written <= limit else { throw ServiceProblem.tooLarge(limit: limit) }
          _ = try await file.write(contentsOf: bytes)
        case .end:
          isWhole = true
        }
      }
    }

    // A connection that was closed half way can look like the end of the body: the last delimiter
    // is what proves that everything came.
    guard isWhole else { throw UploadBrokeOff(reason: "the last delimiter is missing") }
    guard let fileName else {
      throw ServiceProblem.malformedUpload("There is no part named “file”.")
    }
    return fileName
  }

  /// Reads on, and tells an upload that broke off from a file that could not be written.
  private func next(of pieces: inout RequestBody.AsyncIterator) async throws -> ByteBuffer? {
    do {
      return try await pieces.next(isolation: #isolation)
    } catch {
      throw UploadBrokeOff(reason: "\(error)")
    }
  }
}

/// The client went away, or sent something else, before the upload was whole.
struct UploadBrokeOff: Error {
  let reason: String
}
