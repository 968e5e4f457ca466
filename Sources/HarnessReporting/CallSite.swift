/// The place in a test's source where a failure shows up.
///
/// Assertions take the four literals as their last parameters, so that a failure is shown at the line
/// that called them, and hand them on in this form.
public struct CallSite: Sendable {
  /// The module and file, such as `ReportTests/Journey.swift`.
  public let fileID: StaticString
  /// The path of the source file as the compiler saw it.
  public let filePath: StaticString
  /// The line, counted from 1.
  public let line: UInt
  /// The column, counted from 1.
  public let column: UInt

  /// Makes a call site: without arguments, the place where this initializer is written.
  public init(
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) {
    self.fileID = fileID
    self.filePath = filePath
    self.line = line
    self.column = column
  }
}

extension CallSite: CustomStringConvertible {
  /// The file's name and the line, such as `Journey.swift:42`.
  public var description: String {
    let file = fileID.description.split(separator: "/").last.map(String.init) ?? "\(fileID)"
    return "\(file):\(line)"
  }
}
