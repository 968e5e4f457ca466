/// What the head of a part says about it.
///
/// Source: RFC 7578, section 4.2.
struct MultipartPartHead: Equatable {
  /// The name of the form field.
  var name: String?
  /// The name of the file, when the part is one.
  var fileName: String?

  /// Reads the head of a part, and passes over what it does not know.
  init(_ head: String) {
    // A line end is one Character, so splitting at newlines never leaves half of one.
    for line in head.split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      guard line[..<colon].lowercased() == "content-disposition" else { continue }
      let field = HeaderParameters(line[line.index(after: colon)...])
      name = field["name"]
      fileName = field["filename"]
    }
  }
}
