/// A line that a crash or an exception left in a text.
///
/// Lines are matched by hand: they come from the service, and a regular expression can be made to take
/// seconds by the text it reads.
struct StackFrame {
  let name: String
  let level: LeakScan.Level
  let line: String

  /// The surest of the lines; the first of them where several are as sure.
  static func first(in lines: [String]) -> StackFrame? {
    let frames = lines.compactMap(StackFrame.init)
    return frames.first { $0.level == .certain } ?? frames.first
  }

  private init?(_ line: String) {
    // Long lines are cut: a frame shows itself at once, and the text may be hostile.
    let text = LineText(line.prefix(1_000).trimmed)
    guard let (name, level) = Self.recognise(text) else { return nil }
    self.name = name
    self.level = level
    self.line = text.line
  }

  private static func recognise(_ text: LineText) -> (String, LeakScan.Level)? {
    if text.isSwiftFrame { return ("a Swift stack trace", .certain) }
    if text.isPythonFrame { return ("a Python traceback", .certain) }
    if text.isNodeFrame { return ("a Node.js stack trace", .certain) }
    if text.isJVMFrame { return ("a JVM stack trace", .certain) }
    if text.isDotNetFrame { return ("a .NET stack trace", .certain) }
    if text.isGoFrame { return ("a Go stack trace", .certain) }
    if text.isPHPFrame { return ("a PHP stack trace", .certain) }
    if text.isRubyFrame { return ("a Ruby stack trace", .certain) }
    if text.hasQualifiedException { return ("the class of an exception", .likely) }
    if text.hasSourceLocation { return ("a place in the source code", .likely) }
    return nil
  }
}

/// The shapes of lines in stack traces.
private struct LineText {
  let line: String

  init(_ line: Substring) {
    self.line = String(line)
  }

  /// `0 [ra] 0x00007f… main + 12 in app at /app/main.swift:3:4`, or what the runtime says on a trap.
  var isSwiftFrame: Bool {
    if line.hasPrefix("Fatal error: ") || line.contains(": Fatal error: ") { return true }
    if line.contains("Swift runtime failure: ") { return true }
    if line.hasPrefix("Thread ") && line.contains(" crashed:") { return true }
    guard hasAddress else { return false }
    return hasFileAndLine("swift") || line.contains(" $s") || line.contains(" $S")
      || (startsWithNumber && line.contains(" + ") && line.contains(" in "))
  }

  /// `Traceback (most recent call last):` or `File "app.py", line 3, in f`.
  var isPythonFrame: Bool {
    if line.hasPrefix("Traceback (most recent call last)") { return true }
    return line.hasPrefix("File \"") && line.contains("\", line ")
  }

  /// `at f (/app/x.js:1:2)` or `at /app/x.mjs:1:2`.
  var isNodeFrame: Bool {
    line.hasPrefix("at ")
      && (line.contains("(node:internal/")
        || ["js", "mjs", "cjs", "ts", "tsx", "jsx"].contains(where: hasFileAndLine))
  }

  /// `at a.b.C.m(C.java:12)` or `Caused by: a.b.CException: text`.
  var isJVMFrame: Bool {
    if line.hasPrefix("Caused by: "), hasQualifiedException { return true }
    guard line.hasPrefix("at "), line.hasSuffix(")") else { return false }
    return line.hasSuffix("(Native Method)") || line.hasSuffix("(Unknown Source)")
      || ["java", "kt", "scala", "groovy"].contains(where: hasFileAndLine)
  }

  /// `at N.T.M(String s) in C:\x.cs:line 12`, or the same without a file.
  var isDotNetFrame: Bool {
    guard line.hasPrefix("at "), let open = line.firstIndex(of: "(") else { return false }
    if line.contains(") in "), line.contains(":line ") { return true }
    let name = line[line.index(line.startIndex, offsetBy: 3)..<open]
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return line.hasSuffix(")") && parts.count >= 3
      && parts.allSatisfy { $0.first?.isUppercase == true && !$0.contains(" ") }
  }

  /// `goroutine 1 [running]:`, `panic: text` or `/app/main.go:12 +0x1b`.
  var isGoFrame: Bool {
    if line.hasPrefix("goroutine "), line.contains(" [") { return true }
    if line.hasPrefix("panic: ") { return true }
    return hasFileAndLine("go") && line.contains(" +0x")
  }

  /// `#0 /var/www/index.php(12): f()`.
  var isPHPFrame: Bool {
    line.hasPrefix("#") && line.dropFirst().first?.isNumber == true && line.contains(".php(")
  }

  /// `app/models/x.rb:12:in 'f'`.
  var isRubyFrame: Bool {
    hasFileAndLine("rb") && line.contains(":in ")
  }

  /// `java.lang.IllegalStateException` or `System.ArgumentException`: two dots or more of a name.
  var hasQualifiedException: Bool {
    line.split { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "_" || $0 == "$") }
      .contains { word in
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 2, let last = parts.last, !parts.contains(where: \.isEmpty) else {
          return false
        }
        return last.first?.isUppercase == true && last.count > 9
          && (last.hasSuffix("Exception") || (parts.count >= 3 && last.hasSuffix("Error")))
      }
  }

  /// `Store.swift:12`: the file and line of a source, in any of the languages.
  var hasSourceLocation: Bool {
    guard hasSourceFileAndLine else { return false }
    // A word at a time, without web addresses: .py is Paraguay, and a port stands after the host.
    return line.split(separator: " ").contains { word in
      !word.contains("http://") && !word.contains("https://")
        && LineText(word).hasSourceFileAndLine
    }
  }

  private var hasSourceFileAndLine: Bool {
    ["swift", "java", "kt", "cs", "py", "go", "rb", "php"].contains(where: hasFileAndLine)
  }

  /// Whether a file name with this extension, a colon and a digit stand together.
  private func hasFileAndLine(_ fileExtension: String) -> Bool {
    let mark = ".\(fileExtension):"
    guard let range = line.firstRange(of: mark), range.lowerBound > line.startIndex else {
      return false
    }
    let before = line[line.index(before: range.lowerBound)]
    return (before.isLetter || before.isNumber || before == "_" || before == "+")
      && line[range.upperBound...].first?.isNumber == true
  }

  /// Whether a hexadecimal address of six digits or more stands in the line.
  private var hasAddress: Bool {
    guard let range = line.firstRange(of: "0x") else { return false }
    return line[range.upperBound...].prefix { $0.isHexDigit }.count >= 6
  }

  private var startsWithNumber: Bool { line.first?.isNumber == true }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start.prefix(0) }
    return start[...last]
  }
}
