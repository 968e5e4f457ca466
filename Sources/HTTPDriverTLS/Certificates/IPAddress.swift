#if TLS
  #if canImport(Darwin)
    import Darwin
  #elseif canImport(Musl)
    import Musl
  #else
    import Glibc
  #endif

  /// The bytes of an IP address that is written as text; a certificate and SNI treat it unlike a host name.
  ///
  /// Source: RFC 5280, section 4.2.1.6 (`iPAddress`), and RFC 6066, section 3 (no addresses in SNI).
  struct IPAddress: Hashable {
    /// Four or sixteen, in the order of the network.
    let bytes: [UInt8]

    /// Nil where the text is no address.
    init?(_ text: String) {
      for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
        var bytes = [UInt8](repeating: 0, count: count)
        // Room for the family's address, and a text that lives through the call.
        if unsafe inet_pton(family, text, &bytes) == 1 {
          self.bytes = bytes
          return
        }
      }
      return nil
    }

    /// The bytes of a certificate's name; nil where they are neither four nor sixteen.
    init?(bytes: some Collection<UInt8>) {
      guard [4, 16].contains(bytes.count) else { return nil }
      self.bytes = Array(bytes)
    }

    /// As a text that can be read; sixteen bytes are written in full.
    var text: String {
      if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
      return stride(from: 0, to: 16, by: 2).map { index in
        String(UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]), radix: 16)
      }.joined(separator: ":")
    }
  }
#endif
