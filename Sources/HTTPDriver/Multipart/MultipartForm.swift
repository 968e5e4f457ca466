/// The parts of a multipart form, in the order they are written.
public struct MultipartForm: Sendable {
  var parts: [MultipartPart]
}

/// Reads `FilePart`s and `FieldPart`s written one below the other.
@resultBuilder
public enum MultipartBuilder: Sendable {
  /// Takes in a file.
  public static func buildExpression(_ file: FilePart) -> MultipartForm {
    MultipartForm(parts: [file.part])
  }

  /// Takes in a field.
  public static func buildExpression(_ field: FieldPart) -> MultipartForm {
    MultipartForm(parts: [field.part])
  }

  /// Puts the parts in order.
  public static func buildBlock(_ forms: MultipartForm...) -> MultipartForm {
    MultipartForm(parts: forms.flatMap(\.parts))
  }

  /// Puts the parts of a loop in order.
  public static func buildArray(_ forms: [MultipartForm]) -> MultipartForm {
    MultipartForm(parts: forms.flatMap(\.parts))
  }

  /// Takes in the parts of an `if`.
  public static func buildOptional(_ form: MultipartForm?) -> MultipartForm {
    form ?? MultipartForm(parts: [])
  }

  /// Takes in the parts of the first branch.
  public static func buildEither(first form: MultipartForm) -> MultipartForm { form }

  /// Takes in the parts of the second branch.
  public static func buildEither(second form: MultipartForm) -> MultipartForm { form }
}

extension HTTPBody {
  /// A form with files, its parts in the order they are written.
  ///
  /// ```swift
  /// try await http.post("/upload", .multipart {
  ///   FilePart("file", .path("report.xlsx"))
  ///   FieldPart("tag", "daily")
  ///   FieldPart("tag", "isx")
  /// })
  /// ```
  ///
  /// Names may repeat. The boundary between the parts is random, unless a test needs the same bytes each
  /// time; one that cannot be sent, or stands in a text of the form, fails the exchange.
  public static func multipart(
    boundary: String? = nil, @MultipartBuilder _ parts: () -> MultipartForm
  ) -> HTTPBody {
    let encoder = MultipartEncoder(
      parts: parts().parts, boundary: boundary ?? MultipartEncoder.randomBoundary())
    if let fault = encoder.fault(boundaryIsChosen: boundary != nil) {
      return HTTPBody(contentType: "multipart/form-data", length: nil, repetition: .inline) {
        throw fault
      }
    }
    return HTTPBody(
      contentType: encoder.contentType, length: encoder.length, repetition: encoder.repetition
    ) {
      PieceReader(pieces: encoder.pieces)
    }
  }
}
