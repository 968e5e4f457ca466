import Foundation

/// Which golden files nobody used, as far as a run can say.
///
/// It only decides: what lies on the disk, the logs and the results are given to it.
struct OrphanReport {
  enum Verdict: Equatable {
    case used
    case orphan
    case unknown(String)
  }

  /// Two tests with one file, or two files that a file system may take for one.
  struct Collision: Equatable {
    let goldens: [String]
    let users: [String]
  }

  private(set) var verdicts: [(golden: String, verdict: Verdict)] = []
  private(set) var collisions: [Collision] = []

  /// Decides about golden files by their paths below the package, whose own path stands before those in the logs.
  ///
  /// Results are written at the end of a run: where every log began later, they are those of another run.
  init(
    goldens: [String], package: String, processes: [ProcessUsage], run: TestRun,
    resultsWritten: Date? = nil
  ) {
    let uses = processes.flatMap(\.uses)
    let prefix = package.hasSuffix("/") ? package : package + "/"
    func relative(_ path: String) -> String {
      path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
    }
    let used = Set(uses.map { relative($0.golden) })
    var modules: [String: Set<String>] = [:]
    for use in uses {
      modules[Self.folder(of: relative(use.golden)), default: []].insert(use.module)
    }
    let isOfAnotherRun =
      if let resultsWritten {
        processes.allSatisfy { ($0.began ?? .distantPast) > resultsWritten }
      } else { false }
    let crashed = processes.filter { !$0.hasEnded }
    // A module has many files, and its tests are looked through once.
    var gaps: [String: String?] = [:]
    for golden in goldens {
      if used.contains(golden) {
        verdicts.append((golden, .used))
        continue
      }
      let folder = Self.folder(of: golden)
      let owner = modules[folder]?.count == 1 ? modules[folder]?.first : Self.target(of: folder)
      let gap: String?
      if processes.isEmpty {
        gap = "there is no log of a run"
      } else if isOfAnotherRun {
        gap = "the results are older than every log: they are those of another run"
      } else if let process = crashed.first {
        gap = "a process did not end by itself (\(process.name))"
      } else {
        let key = owner ?? ""
        gap = gaps[key] ?? run.gap(in: owner)
        gaps[key] = gap
      }
      verdicts.append((golden, gap.map(Verdict.unknown) ?? .orphan))
    }
    collisions = Self.collisions(uses, relative)
  }

  /// The path up to the folder `Goldens`.
  private static func folder(of golden: String) -> String {
    let parts = golden.split(separator: "/")
    return (parts.firstIndex(of: "Goldens").map { parts[..<$0] } ?? parts.dropLast())
      .joined(separator: "/")
  }

  /// `Tests/ReportTests/Journeys` is in the target `ReportTests`, by the usual layout.
  private static func target(of folder: String) -> String? {
    let parts = folder.split(separator: "/")
    guard parts.count >= 2, parts[0] == "Tests" else { return nil }
    return String(parts[1])
  }

  private static func collisions(
    _ uses: [ProcessUsage.Use], _ relative: (String) -> String
  ) -> [Collision] {
    let byName = Dictionary(grouping: uses) { $0.golden.lowercased() }
    return byName.values.compactMap { uses -> Collision? in
      let goldens = Set(uses.map(\.golden)).map(relative).sorted()
      let users = Set(uses.map { use in use.test.map { "\(use.place), \($0)" } ?? use.place })
        .sorted()
      return goldens.count > 1 || users.count > 1 ? Collision(goldens: goldens, users: users) : nil
    }.sorted { $0.goldens[0] < $1.goldens[0] }
  }
}

extension OrphanReport: CustomStringConvertible {
  /// The orphans, then what is unknown by its reasons, then collisions.
  var description: String {
    let orphans = verdicts.filter { $0.verdict == .orphan }.map(\.golden)
    var unknown: [(reason: String, goldens: [String])] = []
    for (golden, verdict) in verdicts {
      guard case .unknown(let reason) = verdict else { continue }
      if let index = unknown.firstIndex(where: { $0.reason == reason }) {
        unknown[index].goldens.append(golden)
      } else {
        unknown.append((reason, [golden]))
      }
    }
    var lines = orphans.map { "orphan   \($0)" }
    for (reason, goldens) in unknown {
      lines.append("unknown  \(reason)")
      lines += goldens.map { "         \($0)" }
    }
    for collision in collisions {
      lines.append("shared   \(collision.goldens.joined(separator: ", "))")
      lines += collision.users.map { "         by \($0)" }
    }
    let unknownCount = unknown.reduce(0) { $0 + $1.goldens.count }
    let usedCount = verdicts.count - orphans.count - unknownCount
    lines.append(
      "\(verdicts.count) golden file\(verdicts.count == 1 ? "" : "s"): \(usedCount) used, "
        + "\(orphans.count) orphan\(orphans.count == 1 ? "" : "s"), \(unknownCount) unknown")
    return lines.joined(separator: "\n")
  }
}
