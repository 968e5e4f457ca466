/// What belongs to this process at a moment, as far as a test can leave it behind.
struct ProcessSnapshot: Sendable {
  /// A folder for temporary files and what is in it.
  struct TemporaryFolder: Sendable, Equatable {
    var path: String
    /// Whether other processes put their files there as well.
    var isShared: Bool
    /// What there is under each name.
    var entries: [String: String]
  }

  struct Thread: Sendable, Equatable {
    var name: String
    /// What it waits in, in the kernel's words; empty where it runs or that is not known.
    var waitsIn: String
  }

  /// A wait that goes on.
  struct Wait: Sendable, Hashable {
    let source: ObjectIdentifier
    let number: UInt64
  }

  /// All that wait at one channel.
  struct Crowd: Sendable {
    let count: Int
    /// What the oldest of them waits for.
    let wanted: String
  }

  /// What each descriptor leads to.
  ///
  /// The same number with another target is another descriptor.
  var descriptors: [Int32: DescriptorTarget] = [:]
  /// The threads by their numbers, without those of the runtime and of the harness.
  var threads: [Int32: Thread] = [:]
  /// What waits in channels of the test, as the table of waits shows it.
  var waits: [Wait: String] = [:]
  /// How many wait in each of them: of many not all are in `waits`.
  var crowds: [ObjectIdentifier: Crowd] = [:]
  /// The variables, whose values are compared and never shown.
  var environment: [String: String] = [:]
  var workingDirectory = ""
  var temporary = TemporaryFolder(path: "", isShared: true, entries: [:])

  /// What is here and was not before.
  func findings(since before: ProcessSnapshot) -> [PollutionFinding] {
    var findings: [PollutionFinding] = []
    func add(
      _ kind: PollutionKind, _ text: String, of origin: PollutionFinding.Origin = .process
    ) {
      findings.append(PollutionFinding(kind: kind, text: text, origin: origin))
    }
    for (number, target) in descriptors.sorted(by: { $0.key < $1.key })
    where before.descriptors[number]?.identity != target.identity {
      add(.descriptors, "\(number): \(target.description)")
    }
    for (id, thread) in threads.sorted(by: { $0.key < $1.key }) where before.threads[id] == nil {
      let place = thread.waitsIn.isEmpty ? "" : ", in \(thread.waitsIn)"
      add(.threads, "\(id): \(shown(thread.name, cutAt: 40))\(place)")
    }
    for (wait, row) in waits.sorted(by: { $0.key.number < $1.key.number })
    where before.waits[wait] == nil {
      add(.waits, row, of: .test)
    }
    for (source, crowd) in crowds.sorted(by: { $0.value.wanted < $1.value.wanted }) {
      let known = waits.keys.count { $0.source == source && before.waits[$0] == nil }
      let more = crowd.count - (before.crowds[source]?.count ?? 0) - known
      for _ in 0..<max(more, 0) {
        add(.waits, "one more, behind others for \(crowd.wanted)", of: .test)
      }
    }
    for name in Set(environment.keys).union(before.environment.keys).sorted() {
      switch (before.environment[name], environment[name]) {
      case (nil, .some): add(.environment, "\(name) is set, and was not")
      case (.some, nil): add(.environment, "\(name) is not set, and was")
      case (let old?, let new?) where old != new: add(.environment, "\(name) has another value")
      case (nil, nil), (.some, .some): break
      }
    }
    if workingDirectory != before.workingDirectory {
      add(
        .workingDirectory,
        "\(shown(workingDirectory[...], cutAt: 400)), and it was "
          + shown(before.workingDirectory[...], cutAt: 400))
    }
    if temporary.path == before.temporary.path {
      for (name, what) in temporary.entries.sorted(by: { $0.key < $1.key })
      where before.temporary.entries[name] == nil {
        add(
          .temporaryFiles,
          "\(shown(PathSteps.join(temporary.path, name)[...], cutAt: 400)), \(what)",
          of: temporary.isShared ? .machine : .process)
      }
    }
    return findings
  }
}

/// One thing that was left behind.
struct PollutionFinding: Sendable, Equatable {
  let kind: PollutionKind
  /// What it is and how it can be recognized.
  let text: String
  /// Who may have made it.
  let origin: Origin

  enum Origin: Sendable {
    /// This test, whatever else runs.
    case test
    /// A test of this process.
    case process
    /// Any program on this machine.
    case machine
  }
}
