package import HTTPDriver

/// Runs `body` with the way to a listener on a loopback port, which is closed in the end.
package func withByteServer<R>(
  _ accept: @escaping @Sendable (ByteStream) -> Void, _ body: (HTTPTransport) async throws -> R
) async throws -> R {
  let listener = try await ByteListener.tcp(accept: accept)
  let result: Result<R, any Error>
  do {
    result = .success(try await body(listener.transport))
  } catch {
    result = .failure(error)
  }
  await listener.close()
  return try result.get()
}
