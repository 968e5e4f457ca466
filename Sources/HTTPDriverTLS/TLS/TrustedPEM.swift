#if TLS
  import HTTPDriver
  import SwiftASN1
  import X509

  /// Reads the certificates that a client is to trust, and says what is there in their place.
  enum TrustedPEM {
    /// The certificates of a text (RFC 7468, section 5.1).
    static func certificates(in text: String) throws(TLSSetupError) -> [Certificate] {
      guard text.contains(where: { !$0.isWhitespace }) else {
        throw fault("the text is empty")
      }
      guard text.utf8.contains(UInt8(ascii: "\n")) || text.contains("-----BEGIN") else {
        // What is no path may be a secret.
        let isPath = text.contains { $0 == "/" || $0 == "." } && !text.contains("=")
        let given = isPath ? "\"\(Excerpt.line(text, limit: 100))\"" : "one line"
        throw fault("\(given) is no PEM; of a file, its contents are wanted, not its path")
      }
      let documents: [PEMDocument]
      do {
        documents = try PEMDocument.parseMultiple(pemString: text)
      } catch {
        throw fault("the text is no PEM: \(error)")
      }
      guard !documents.isEmpty else {
        throw fault("the text has no line \"-----BEGIN CERTIFICATE-----\"")
      }
      var certificates: [Certificate] = []
      for (index, document) in documents.enumerated() {
        guard document.discriminator == "CERTIFICATE" else {
          let kind = Excerpt.line(document.discriminator, limit: 100)
          throw fault("part \(index + 1) of the text is a \(kind)")
        }
        do {
          certificates.append(try Certificate(pemDocument: document))
        } catch {
          throw fault("certificate \(index + 1) cannot be read: \(error)")
        }
      }
      return certificates
    }

    private static func fault(_ reason: String) -> TLSSetupError {
      TLSSetupError(reason: "there is no certificate to trust: \(reason)")
    }
  }
#endif
