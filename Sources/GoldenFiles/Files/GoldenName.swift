import HarnessJSON
import HarnessReporting

/// The name of a golden file below its `Goldens` folder, without the extension.
struct GoldenName: Equatable {
  let path: String

  /// A golden that cannot have a name.
  struct Refusal: Error, Equatable, CustomStringConvertible {
    let description: String
  }

  /// A chosen name, which may have folders, or else the names of the suite and the test in a folder for their
  /// file; with the case behind it, if there is one.
  init(
    chosen: String?, case chosenCase: String? = nil, test: RunningTest?, function: String,
    fileID: String
  ) throws(Refusal) {
    var parts: [String]
    if let chosen {
      parts = chosen.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard !parts.contains(where: { ["", ".", ".."].contains($0) }) else {
        throw Refusal(
          description:
            "the golden's name \(JSONValue.string(chosen)) is no path below the Goldens folder")
      }
    } else {
      guard test?.isParameterized != true || chosenCase != nil else {
        throw Refusal(
          description: """
            an unnamed golden in a parameterised test: all cases would share one file
              try  case: "…" or named: "…", made of what tells the cases apart
            """)
      }
      let file = fileID.split(separator: "/").last.map(String.init) ?? fileID
      let stem = file.hasSuffix(".swift") ? String(file.dropLast(6)) : file
      let suite = test?.suite.map { Self.baseName($0) } ?? []
      // A suite that has the name of its file says nothing that the folder does not.
      let words = (suite == [stem] ? [] : suite) + Self.baseName(test?.name ?? function)
      parts = [stem, words.joined(separator: ".")]
    }
    if let chosenCase { parts[parts.count - 1] += ".\(chosenCase)" }
    path = parts.map(Self.safe).joined(separator: "/")
  }

  /// The names without backticks and arguments: `Outer/Inner` are two.
  private static func baseName(_ function: String) -> [String] {
    var names: [String] = []
    var rest = function[...]
    while !rest.isEmpty {
      if rest.hasPrefix("`") {
        names.append(String(rest.dropFirst().prefix { $0 != "`" }))
        rest = rest.dropFirst().drop { $0 != "`" }.dropFirst()
      } else {
        names.append(String(rest.prefix { $0 != "/" && $0 != "(" }))
        rest = rest.drop { $0 != "/" && $0 != "(" }
      }
      // Arguments end a name.
      guard rest.hasPrefix("/") else { break }
      rest = rest.dropFirst()
    }
    return names
  }

  /// A name that every file system takes: ASCII letters, digits, `-`, `_` and `.`, at most 120 bytes.
  ///
  /// Spaces become hyphens. Where more is lost, a hash of the full name keeps two names apart.
  private static func safe(_ name: String) -> String {
    var isLossy = name.hasPrefix(".")
    var text = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_", ".", "-": text.unicodeScalars.append(scalar)
      case " ": text += "-"
      default:
        isLossy = true
        text += "-"
      }
    }
    guard isLossy || text.utf8.count > 120 else { return text }
    let hash = String(fnv1a(name.utf8), radix: 16)
    let kept = text.prefix(100).drop { $0 == "." }
    return kept + "-" + String(repeating: "0", count: 8 - hash.count) + hash
  }

  /// The 32-bit FNV-1a hash: the standard library's differs from run to run.
  private static func fnv1a(_ bytes: String.UTF8View) -> UInt32 {
    bytes.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }
}
