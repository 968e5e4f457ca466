/// What the process got of the machine between two moments.
struct LoadWindow: Sendable {
  let wall: Duration
  /// For how long its threads ran, all together.
  let ran: Duration
  /// For how long they waited for a core, all together; nil where the system does not tell.
  let delayed: Duration?

  init(wall: Duration, ran: Duration, delayed: Duration?) {
    self.wall = wall
    self.ran = ran
    self.delayed = delayed
  }

  init(from start: LoadSample, to end: LoadSample) {
    wall = start.instant.duration(to: end.instant)
    ran = max(end.ran - start.ran, .zero)
    // The delay of threads that have ended meanwhile is gone with them.
    delayed = end.delayed.flatMap { end in start.delayed.map { max(end - $0, .zero) } }
  }

  /// Whether its threads waited for a core more than they ran, and for half of the time at least.
  var isStarved: Bool {
    guard let delayed, wall >= .milliseconds(20) else { return false }
    return delayed >= wall / 2 && delayed >= ran
  }
}

extension LoadWindow: CustomStringConvertible {
  var description: String {
    let delay = delayed.map { "its threads waited \($0.readable) for a core and " } ?? "it "
    return "\(delay)ran \(ran.readable) in \(wall.readable)"
  }
}
