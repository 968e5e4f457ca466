import Foundation
import HarnessLock

/// Writes the evidence of a failure to files and says where.
enum EvidenceStore {
  // Two failures at one line, in cases that run at once, must not overwrite each other's files. Names
  // are taken for the life of the process; the next run starts anew and overwrites.
  private static let taken = Lock<Set<String>>([])

  /// Stores the evidence; the result is the failure's message with the paths below it.
  static func store(_ failure: Failure) -> String {
    guard !failure.evidence.isEmpty else { return failure.message }
    let folder = folder(for: failure.site)
    let lines = failure.evidence.map { evidence in
      do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent(evidence.name)
        try Data(evidence.bytes).write(to: file)
        return "  evidence  \(Artifacts.displayPath(file))"
      } catch {
        return "  evidence  \(evidence.name) could not be written: \(error)"
      }
    }
    return ([failure.message] + lines).joined(separator: "\n")
  }

  private static func folder(for site: CallSite) -> URL {
    let base = Artifacts.directory(near: site.filePath.description)
      .appendingPathComponent("failures", isDirectory: true)
    let file = URL(fileURLWithPath: site.filePath.description).deletingPathExtension()
    let name = "\(file.lastPathComponent)-\(site.line)"
    return taken.withLock { taken in
      var candidate = name
      var number = 1
      while !taken.insert(candidate).inserted {
        number += 1
        candidate = "\(name)-\(number)"
      }
      return base.appendingPathComponent(candidate, isDirectory: true)
    }
  }
}
