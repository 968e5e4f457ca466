import ArgumentParser
import HarnessWorkbooks

/// Reads each file as a workbook.
struct XLSXCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xlsx", abstract: "Reads each file as an .xlsx workbook.",
    discussion: """
      One JSON object a file: its sheets with their cells as A1: [tag, value], where the tag is n for a \
      number, s text, b boolean, e error, d date, t time of day and td duration, both in milliseconds. \
      Or the error with its kind, place and message.
      """)

  @Argument(help: "The files to read.") var files: [String]

  func run() throws {
    var isAccepted = true
    for file in files {
      let output = WorkbookDump(file: file)
      do {
        let workbook = try Workbook(path: file)
        // Everything is read before a word is printed: the answer is either the cells or the error.
        for index in workbook.sheets.indices where workbook.sheets[index].isWorksheet {
          _ = try workbook.sheet(at: index)
        }
        try output.write(workbook)
      } catch let error as WorkbookError {
        isAccepted = false
        output.write(error)
      }
    }
    if !isAccepted { throw ExitCode(1) }
  }
}
