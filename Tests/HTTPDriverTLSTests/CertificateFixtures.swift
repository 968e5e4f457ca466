#if TLS
  /// Certificates that `TestAuthority` does not make, valid from 2020 to 2120 unless said otherwise.
  ///
  /// Made for these tests with `openssl ca` (OpenSSL 3.0); the keys guard nothing.
  enum CertificateFixtures {
    /// An authority that may have others below it: `CN=Root`, P-256.
    static let root = """
      -----BEGIN CERTIFICATE-----
      MIIBUjCB+KADAgECAgIQATAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARSb290MCAX
      DTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAPMQ0wCwYDVQQDDARSb290
      MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEjTO3XNw1/n23Qj4hU0nVIhGavEx4
      lVxIqTMRNV7VLynTwOWBJw5M2UjuJ8D9cIJXS0pbT0Ulzg+UtQyRJ+tceaNCMEAw
      DwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAgQwHQYDVR0OBBYEFGtiHRKC
      oMZrM2W6EPpJHz6XRPBPMAoGCCqGSM49BAMCA0kAMEYCIQC2rNQkJLQC1UPM+Gdy
      0SalFt1k1IQ8Rs/Rt2hJdnPWewIhALaKWA/Scs+TTpWGseJoBLuYaQW+qcBrtvF/
      VjYPDKzs
      -----END CERTIFICATE-----
      """

    /// `CN=Intermediate`, signed by `root`.
    static let intermediate = """
      -----BEGIN CERTIFICATE-----
      MIIBfDCCASGgAwIBAgICEAIwCgYIKoZIzj0EAwIwDzENMAsGA1UEAwwEUm9vdDAg
      Fw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowFzEVMBMGA1UEAwwMSW50
      ZXJtZWRpYXRlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEj7Ubd+yMK2zpOslZ
      SaoLkvbNgI8PvG3jL00jOBpDktuvLZqrUX7fXJeODqJK2sP0NWNjxv3NS0v4E5Cq
      L+K586NjMGEwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAgQwHQYDVR0O
      BBYEFG5WSZP/oVUkiuAZQmDDUoISrUz7MB8GA1UdIwQYMBaAFGtiHRKCoMZrM2W6
      EPpJHz6XRPBPMAoGCCqGSM49BAMCA0kAMEYCIQDesOT4/GOFv+q0f5T6w0DonwY3
      t4auVYUXP9hTd7TtnQIhANOfS6EQVba0izlSgMV22eIsZV4wdmtYID3+pKu1DWK0
      -----END CERTIFICATE-----
      """

    /// For `localhost`, `*.example.com` and `::1`, signed by `intermediate`.
    static let leaf = """
      -----BEGIN CERTIFICATE-----
      MIIByzCCAXGgAwIBAgICEAMwCgYIKoZIzj0EAwIwFzEVMBMGA1UEAwwMSW50ZXJt
      ZWRpYXRlMCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAUMRIwEAYD
      VQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAShcSQoJS4G
      MPYYxPjILAmwDIFNsdxccdsQaGPuMqqij96CqKFKPiSRnZHvXzGeCD9uVjOjeA/P
      s2yc2U1A2hJlo4GtMIGqMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeAMBMG
      A1UdJQQMMAoGCCsGAQUFBwMBMDUGA1UdEQQuMCyCCWxvY2FsaG9zdIINKi5leGFt
      cGxlLmNvbYcQAAAAAAAAAAAAAAAAAAAAATAdBgNVHQ4EFgQUf58QoTY2VKXXe7kQ
      Gxi3qav9WgUwHwYDVR0jBBgwFoAUblZJk/+hVSSK4BlCYMNSghKtTPswCgYIKoZI
      zj0EAwIDSAAwRQIgZfesahZvVp5VtSFG1DXXkrf6U430oa2EwUdM2yocZqwCIQCM
      rwapgAL7qesA8NM9DRYLaL9JxmDl0LPs8hk36rih+g==
      -----END CERTIFICATE-----
      """

    /// As `leaf`, and expired in 2020.
    static let expiredLeaf = """
      -----BEGIN CERTIFICATE-----
      MIIByDCCAW+gAwIBAgICEAAwCgYIKoZIzj0EAwIwFzEVMBMGA1UEAwwMSW50ZXJt
      ZWRpYXRlMB4XDTIwMDEwMTAwMDAwMFoXDTIwMDIwMTAwMDAwMFowFDESMBAGA1UE
      AwwJbG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEoXEkKCUuBjD2
      GMT4yCwJsAyBTbHcXHHbEGhj7jKqoo/egqihSj4kkZ2R718xngg/blYzo3gPz7Ns
      nNlNQNoSZaOBrTCBqjAMBgNVHRMBAf8EAjAAMA4GA1UdDwEB/wQEAwIHgDATBgNV
      HSUEDDAKBggrBgEFBQcDATA1BgNVHREELjAsgglsb2NhbGhvc3SCDSouZXhhbXBs
      ZS5jb22HEAAAAAAAAAAAAAAAAAAAAAEwHQYDVR0OBBYEFH+fEKE2NlSl13u5EBsY
      t6mr/VoFMB8GA1UdIwQYMBaAFG5WSZP/oVUkiuAZQmDDUoISrUz7MAoGCCqGSM49
      BAMCA0cAMEQCIGFDPsbFjduOX6wHG+Ij8QicNXONSJcohLyEfAAlNfLQAiARIvzB
      JO533FoN7rp6JJuo6+WCyjpabRyzgQBLUw8ezw==
      -----END CERTIFICATE-----
      """

    /// For `localhost` and `127.0.0.1`, signed by itself, with an RSA key of 1,024 bits.
    static let oldLeaf = """
      -----BEGIN CERTIFICATE-----
      MIIB4jCCAUugAwIBAgICEAQwDQYJKoZIhvcNAQELBQAwFjEUMBIGA1UEAwwLT2xk
      IHNlcnZpY2UwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBYxFDAS
      BgNVBAMMC09sZCBzZXJ2aWNlMIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDH
      5PcakS5pNKgqMunis3TyXKTqpOOVxzgWm2soqeHq22+Ct4Dp3uIEtIvl6URX9Adu
      1p9DfC3KLj2YrT1wsZ5gIRffQamTcIzBA2ya/4h1MfPmmwAuMEj5LfyPF0Ou27kz
      GNDzmvQIUGCxzcIBythhmI0IdJTPlebUXh1PsnTwaQIDAQABoz0wOzAaBgNVHREE
      EzARgglsb2NhbGhvc3SHBH8AAAEwHQYDVR0OBBYEFH25ex4n46Npw2C3ZcjwRLOk
      gKgRMA0GCSqGSIb3DQEBCwUAA4GBAA0S5R0BUO05Ow79M9V8q1RQGd8sGkX/jjn5
      JcnB0P6muxZ4QA3I1kRRsBXVk8s3rJwbHkjLzEDakk3VZHu7SdYR2giJVP3+DelY
      T7TB7tDumiM/ja2LT+MsXK0MvsSKKG5BNhyD9juWkYMWcJWY2LWQJgaaaMLk0DhN
      Ger+KHbg
      -----END CERTIFICATE-----
      """

    /// The key of `oldLeaf`.
    static let oldKey = """
      -----BEGIN PRIVATE KEY-----
      MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBAMfk9xqRLmk0qCoy
      6eKzdPJcpOqk45XHOBabayip4erbb4K3gOne4gS0i+XpRFf0B27Wn0N8LcouPZit
      PXCxnmAhF99BqZNwjMEDbJr/iHUx8+abAC4wSPkt/I8XQ67buTMY0POa9AhQYLHN
      wgHK2GGYjQh0lM+V5tReHU+ydPBpAgMBAAECgYEAgkXXQOozG/9kRTQvNz6LTdRQ
      6lcRtzBBfoJFgRfOEzh1YPRkwIYwOK7NqcWvc76nBXY8D0gjs2sVW6Yzr3kiZA5h
      5YhMfgHekVlQA/c8+YSgRLTDBCjhdvZEgG2d8fo4510l7UqQAK7OlBjVdlkOteND
      NhMoJfpThaXHpM9xrTECQQDwolDT9suTl4HT6Q+yE1yUgy/ljpAqwS719kstyYpk
      IXjyDEsSeY3u9HMtWLGBSOPFM0dM+XXZaLGq8ROK9gIlAkEA1Kir+Hvn6N7DS4hU
      3ZiTItbGDwKqwkzwIY0RKXt8y98v+IAiiI35bPotf/tSIVwkqAn8xD2hkBT0/VT9
      NQhn9QJANkDiaGfkTkqCgvyxBT1ISlOpoOAbsQgNRndZS+F8ykahtjD/XBL75TxI
      G5k7rCJ6+CMvmDNGVtY7+IaSGWqN4QJAc+ttsol4JMwpEKdD+3cL3VXNqKj/g+KE
      kwVecYpKwKbscz0FlgIuEGVfIABTCLQ9lwu6qQ4fX3bNBLqrO5lVcQJBAL7l4Qdm
      5AeADvoPX/1qdXgsvtNDvOC2XWgZ85e6fh2PkhFrA1IBRUtly+a5beQ/4NBh8Ory
      /XCnsTzFZ2LUIvs=
      -----END PRIVATE KEY-----
      """
  }
#endif
