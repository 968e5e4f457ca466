/// The media type that a file's extension stands for; `application/octet-stream` for one not listed.
///
/// The few that test suites send; anything else is named by its test.
func mediaType(ofFileNamed name: String) -> String {
  let fileExtension = lastComponent(of: name).split(separator: ".").dropFirst().last ?? ""
  return switch fileExtension.lowercased() {
  case "csv": "text/csv"
  case "gif": "image/gif"
  case "htm", "html": "text/html"
  case "jpeg", "jpg": "image/jpeg"
  case "json": "application/json"
  case "pdf": "application/pdf"
  case "png": "image/png"
  case "txt": "text/plain"
  case "xls": "application/vnd.ms-excel"
  case "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
  case "xml": "application/xml"
  case "zip": "application/zip"
  default: "application/octet-stream"
  }
}
