import Foundation
import HarnessLock

/// Writes the evidence of a failure to files and says where.
enum EvidenceStore {
  // Two failures at one line, in cases that run at once, must not overwrite each other's files. Names
  // are taken for the life of the process; the next run starts anew and overwrites.
  private static let taken = Lock(TakenNames())

  /// Stores the evidence; the result is the failure's message with the paths below it.
  static func store(_ failure: Failure) -> String {
    let stored = failure.evidence.filter { !$0.isAttachedOnly }
    guard !stored.isEmpty else { return failure.message }
    let folder = folder(for: failure.site)
    let names = fileNames(for: stored.map(\.name))
    let lines = zip(names, stored).map { name, evidence in
      do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent(name)
        try Data(evidence.bytes).write(to: file)
        return "  evidence  \(Artifacts.displayPath(file))"
      } catch {
        let base = Artifacts.displayPath(folder.deletingLastPathComponent())
        return "  evidence  \(name) could not be written below \(base): \(reason(for: error))"
      }
    }
    return ([failure.message] + lines).joined(separator: "\n")
  }

  /// File names for evidence, one each: what a name cannot hold is replaced, so that none leads out of the
  /// folder, and what is too long is cut before its extension.
  static func fileNames(for names: [String]) -> [String] {
    // File systems that ignore case would take two names for one.
    var taken: Set<String> = []
    return names.map { name in
      let (stem, ending) = parts(of: name)
      var candidate = stem + ending
      var number = 1
      while !taken.insert(candidate.lowercased()).inserted {
        number += 1
        candidate = "\(stem)-\(number)\(ending)"
      }
      return candidate
    }
  }

  private static func parts(of name: String) -> (stem: String, ending: String) {
    var scalars = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control
      scalars.append(isControl || "/\\:".unicodeScalars.contains(scalar) ? "-" : scalar)
    }
    let text = String(scalars)
    guard text.contains(where: { $0 != "." }) else { return ("evidence", "") }
    let dot = text.lastIndex(of: ".").flatMap { $0 > text.startIndex ? $0 : nil }
    let ending = dot.map { text[$0...] } ?? ""
    guard ending.utf8.count <= 20 else { return (cut(text[...]), "") }
    return (cut(text[..<(dot ?? text.endIndex)]), String(ending))
  }

  /// File systems allow 255 bytes; a number and an extension may follow.
  private static func cut(_ text: Substring) -> String {
    var text = text
    while text.utf8.count > 180 { text.removeLast() }
    return String(text)
  }

  /// What the system says: the description of a Cocoa error is a page.
  private static func reason(for error: any Error) -> String {
    guard let code = (error as NSError).userInfo[NSUnderlyingErrorKey] as? POSIXError else {
      return error.localizedDescription
    }
    return unsafe String(cString: strerror(code.code.rawValue))
  }

  private static func folder(for site: CallSite) -> URL {
    let base = Artifacts.directory(near: site.filePath.description)
      .appendingPathComponent("failures", isDirectory: true)
    let file = URL(fileURLWithPath: site.filePath.description).deletingPathExtension()
    let name = "\(file.lastPathComponent)-\(site.line)"
    return base.appendingPathComponent(taken.withLock { $0.take(name) }, isDirectory: true)
  }
}
