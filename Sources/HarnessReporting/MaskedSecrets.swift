extension String {
  /// The text with `***` for what must not be printed: credentials, cookies, tokens and passwords.
  ///
  /// A service may send back what it was sent. Masked are the values of fields and members by their names,
  /// the tokens after `Bearer` and `Basic`, and the passwords of URLs.
  package var withSecretsMasked: String {
    let masked = MaskedBytes(Array(utf8))
    return masked.hasSecrets ? String(decoding: masked.all, as: UTF8.self) : self
  }
}

extension [UInt8] {
  /// The bytes with `***` for what must not be stored, by the rules for text: a form of several parts has texts
  /// beside its files.
  package var withSecretsMasked: [UInt8] { MaskedBytes(self).all }
}

/// Bytes whose secrets were looked for once: the whole and its beginnings are then shown without them for the price of a
/// copy.
package struct MaskedBytes: Sendable {
  private let bytes: [UInt8]
  /// Where the secrets lie, in their order.
  private let secrets: [Range<Int>]

  /// Looks for the secrets of these bytes.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var search = SecretSearch(bytes)
    secrets = search.all()
  }

  /// Whether anything is left out.
  package var hasSecrets: Bool { !secrets.isEmpty }

  /// The bytes with `***` for each secret.
  package var all: [UInt8] { first(bytes.count) }

  /// The first so many bytes, with `***` for each secret that begins in them.
  package func first(_ count: Int) -> [UInt8] {
    let count = min(count, bytes.count)
    guard let first = secrets.first, first.lowerBound < count else {
      return count < bytes.count ? Array(bytes[..<count]) : bytes
    }
    var result: [UInt8] = []
    result.reserveCapacity(count)
    var copied = 0
    for secret in secrets.prefix(while: { $0.lowerBound < count }) {
      result += bytes[copied..<secret.lowerBound]
      result += "***".utf8
      copied = min(secret.upperBound, count)
    }
    result += bytes[copied..<count]
    return result
  }
}
