/// What of virtual time this runtime makes possible; ``RuntimeCheck`` finds it out.
struct RuntimeSupport: Equatable, Sendable {
  /// Whether `Task {}` and `Task.detached` stay in the scope.
  var routesJobs = true
  /// Whether every form of `Task.sleep` takes virtual time.
  var schedulesSleeps = true
  /// Whether the clocks of Swift show virtual time; where they do not, sleeps on them are rounded.
  var hasVirtualClocks = true
  /// Whether it can be read what tasks wait for; where it cannot, a deadlock looks like a stall.
  var readsTasks = true

  /// Why virtual time cannot work here; nil when it can.
  var obstacle: String? {
    guard !routesJobs || !schedulesSleeps else { return nil }
    var lines = ReportLines()
    lines.add("Virtual time does not work with this Swift runtime")
    if !routesJobs { lines.add("missing", "Task {} and Task.detached leave the scope's thread") }
    if !schedulesSleeps { lines.add("missing", "Task.sleep takes real time") }
    lines.add("tested", "with Swift 6.3 on Linux")
    lines.add("try", "a ManualClock, handed to the code that sleeps")
    return lines.text
  }
}
