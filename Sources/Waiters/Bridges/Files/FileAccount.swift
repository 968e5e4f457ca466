import HarnessReporting

/// What a watch of a file tells of itself when a wait fails.
enum FileAccount {
  struct Facts: Sendable {
    let path: String
    /// Where the path led to.
    let end: PathSteps.End
    /// Why not everything could be watched.
    let problem: String?
    let state: FileState
  }

  /// How often is looked where the system does not tell of everything.
  static let intervalWithoutEvents = Duration.milliseconds(50)

  /// How much of a text, how many names and how many looks a failure shows.
  private static let (shownText, shownNames, shownLooks) = (200, 10, 6)

  /// `baseline` is what was there before, for a wait for a change.
  static func account(_ facts: Facts, _ log: AttemptLog, since baseline: FileState?) -> WaitAccount
  {
    var sections: [WaitAccount.Section] = []
    if let listing = listing(facts) { sections.append(listing) }
    sections.append(.init(label: "looks", lines: ["\(log.count):"] + log.lines(atMost: shownLooks)))
    if let problem = facts.problem {
      sections.append(
        .init(
          label: "events",
          lines: ["not for everything; looked every \(intervalWithoutEvents.readable): \(problem)"])
      )
    }
    return WaitAccount(
      finding: (baseline == facts.state ? "unchanged: " : "") + there(facts.state),
      sections: sections, advice: advice(facts),
      journal: log.count > shownLooks ? log.text : nil)
  }

  private static func there(_ state: FileState) -> String {
    guard state.kind == .file, state.size > 0 else { return "\(state)" }
    let text = state.text.withSecretsMasked
    return "\(state): \(shown(text, cutAt: shownText))"
  }

  /// What is in the folder where the path ends: a name that is off by a letter is the usual mistake.
  private static func listing(_ facts: Facts) -> WaitAccount.Section? {
    let folder = facts.end.folder
    // A folder that is there tells its entries itself.
    guard let name = facts.end.name else {
      return .init(label: "holds", lines: names(facts.state.entries))
    }
    guard !facts.state.exists else { return nil }
    let listing = FolderListing(of: folder)
    if let problem = listing.problem {
      return .init(label: "beside", lines: ["\(folder) cannot be read: \(problem)"])
    }
    let entries = listing.names
    let count = entries.count.counted(as: "entry", "entries")
    guard !entries.isEmpty else { return .init(label: "beside", lines: ["\(folder) is empty"]) }
    guard entries.count > shownNames else {
      return .init(label: "beside", lines: ["\(folder) has \(count):"] + names(entries))
    }
    let nearest = entries.map { ($0, $0.unlikeness(to: name)) }.sorted { $0.1 < $1.1 }
      .prefix(shownNames).map(\.0)
    return .init(
      label: "beside",
      lines: ["\(folder) has \(count), of which these are most like \(name):"] + names(nearest))
  }

  private static func names(_ names: [String]) -> [String] {
    let lines = names.prefix(shownNames).map { shown($0, cutAt: 120) }
    return names.count > shownNames ? lines + ["… \(names.count - shownNames) more"] : lines
  }

  private static func advice(_ facts: Facts) -> String {
    guard facts.state.exists else {
      return facts.end.name.map {
        $0 == facts.path.split(separator: "/").last.map(String.init)
          ? "compare the name with what is beside it, and see that the code which writes it is reached"
          : "see who makes \(PathSteps.join(facts.end.folder, $0)), which is not there"
      } ?? "see that the code which writes it is reached"
    }
    return "compare what is there with what is waited for"
  }
}

extension String {
  /// How much of the longer of two names is left where their common beginning and end are taken off.
  fileprivate func unlikeness(to other: String) -> Int {
    let (a, b) = (Array(lowercased().utf8), Array(other.lowercased().utf8))
    let shorter = min(a.count, b.count)
    var start = 0
    while start < shorter, a[start] == b[start] { start += 1 }
    var end = 0
    while end < shorter - start, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
    return max(a.count, b.count) - start - end
  }
}
