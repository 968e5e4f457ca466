#if TLS
  import HTTPDriver

  extension CurlConnection {
    /// The file of the evidence with whom the client trusts.
    private static let trusted = "trusted.pem"

    /// What `curl`, or for raw bytes `openssl`, must be told to make the same connection over TLS.
    init(to connector: any Connector, _ client: TLSClient, _ address: ServiceAddress) {
      self.init()
      files[Self.trusted] = client.trustedPEM
      options = ["--cacert \(Self.trusted)"]
      var openssl = ["openssl s_client -quiet -verify_return_error -CAfile \(Self.trusted)"]
      if client.certificate != nil {
        options.append("--cert \"$CLIENT_CERTIFICATE\" --key \"$CLIENT_KEY\"")
        openssl.append("-cert \"$CLIENT_CERTIFICATE\" -key \"$CLIENT_KEY\"")
      }
      let name = client.serverName ?? address.host
      openssl.append(
        IPAddress(name) == nil
          ? "-servername \(ShellWord.quoted(name)) -verify_hostname \(ShellWord.quoted(name))"
          : "-verify_ip \(ShellWord.quoted(name))")
      switch (connector as? SocketConnector)?.target {
      case nil: return
      case .unix(let path)?: openssl.append("-unix \(ShellWord.quoted(path))")
      case .tcp(let host, let port)?:
        let target = "\(Self.bracketed(host)):\(port)"
        openssl.append("-connect \(ShellWord.quoted(target))")
        if name != host { add(name, for: target, address) }
      }
      raw = openssl.joined(separator: " ")
    }

    /// The URL has the name that the certificate must be for, and leads to the address all the same.
    private mutating func add(_ name: String, for target: String, _ address: ServiceAddress) {
      let named = "\(Self.bracketed(name)):\(address.port)"
      options.append("--connect-to \(ShellWord.quoted("\(named):\(target)"))")
      // Of the address the scheme stays, and user and password.
      guard let scheme = address.origin.firstRange(of: "//") else { return }
      let start = address.origin.lastIndex(of: "@").map { address.origin.index(after: $0) }
      origin = address.origin[..<(start ?? scheme.upperBound)] + named
    }

    private static func bracketed(_ host: String) -> String {
      host.contains(":") ? "[\(host)]" : host
    }
  }
#endif
