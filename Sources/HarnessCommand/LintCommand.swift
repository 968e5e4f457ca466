import HarnessLint

/// `harness lint`: the no-sleep lint.
enum LintCommand: Subcommand {
  static let name = "lint"
  static let summary = "finds sleeps and poll loops in Swift sources"
  static let help = """
    Finds sleeps and poll loops in Swift sources.

    usage: harness lint [path…]

    Looks at the files that are given and at every .swift file in the folders; without a path, in
    the folder where it runs. What is hidden (.build, .git) and links inside a folder are left out.

    rules
      sleep  Task.sleep, Thread.sleep, sleep, usleep, nanosleep, asyncAfter, and `.sleep` on
             anything but the clock of withVirtualTime or a ManualClock; Task.sleep written inside
             withVirtualTime is none
      poll   Task.yield in a loop that waits for something, sched_yield, a run loop run for a time
      allow  an exception without a reason, or without a use

    where it must be
      // harness:allow(sleep): the reason
      on its line, or alone on the line above

    exit status
      0  nothing was found
      1  something was found
      2  wrong usage, or something could not be checked
    """

  static func run(_ arguments: [String]) -> Outcome {
    var (paths, onlyPaths): ([String], Bool) = ([], false)
    for argument in arguments {
      if !onlyPaths, argument == "--" {
        onlyPaths = true
      } else if !onlyPaths, argument.hasPrefix("-") {
        return .misuse("lint has no option `\(argument)`; see harness lint --help")
      } else {
        paths.append(argument)
      }
    }
    let report = LintReport(of: paths.isEmpty ? ["."] : paths)
    guard report.problems.isEmpty else { return Outcome("\(report)", status: .trouble) }
    return Outcome("\(report)", status: report.count == 0 ? .success : .findings)
  }
}
