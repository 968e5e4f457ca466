/// Which names say that a value is a secret.
package enum SecretName {
  /// What the names of members, parameters and fields end with, as `access_token` and `X-Auth-Token` do; by their last
  /// letters.
  ///
  /// Not every key is one: `Idempotency-Key`, `Sec-WebSocket-Key` and `publicKey` may be read.
  private static let endings: [UInt8: [[UInt8]]] = Dictionary(
    grouping: [
      "password", "passwordconfirmation", "passwordconfirm", "passwordrepeat", "passwd",
      "passphrase", "secret", "token", "apikey", "privatekey", "accesskey", "authkey", "secretkey",
      "sharedkey", "masterkey", "signingkey", "encryptionkey", "subscriptionkey", "functionskey",
    ].map { Array($0.utf8) }, by: { $0.last ?? 0 })

  /// Whether the value of a field, a member or a parameter of this name is a secret.
  package static func isSecret(_ name: some StringProtocol) -> Bool {
    isSecret(letters: name.utf8.filter { $0.isLetter || $0.isDigit }.map(\.inLowerCase))
  }

  /// Whether it is by the letters and digits of its name, in lower case.
  static func isSecret(letters: [UInt8]) -> Bool {
    // `password2` and `X-Api-Key-1` are as secret as the first.
    guard let last = letters.lastIndex(where: { !$0.isDigit }) else { return false }
    guard let endings = endings[letters[last]] else { return false }
    return endings.contains { ending in
      let start = last + 1 - ending.count
      return start >= 0 && letters[start...last].elementsEqual(ending)
    }
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  var isLetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }

  /// The letter in lower case; a digit as it is.
  var inLowerCase: UInt8 { isLetter ? self | 0x20 : self }
}
