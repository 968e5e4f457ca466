#if TLS
  import HTTPDriver
  import NIOCore

  /// Makes HTTP/2 connections over those of another connector, each with one stream.
  struct HTTP2Connector: Connector {
    let inner: any Connector
    let scheme: String

    var place: String { inner.place }

    func connect(
      watch: ServiceWatch, opened: @escaping @Sendable (any Channel) -> Void,
      connected: @escaping @Sendable (Result<any Channel, any Error>) -> Void
    ) {
      inner.connect(watch: watch, opened: opened) { result in
        switch result {
        case .failure: connected(result)
        case .success(let channel):
          do {
            let session = try HTTP2Session.begin(on: channel, scheme: self.scheme)
            session.open(
              scheme: self.scheme,
              opened: { stream in
                opened(stream)
                // The connection is there for this stream alone.
                stream.closeFuture.whenComplete { _ in channel.close(promise: nil) }
              }, connected: connected, on: channel)
          } catch {
            channel.close(promise: nil)
            connected(.failure(error))
          }
        }
      }
    }
  }
#endif
