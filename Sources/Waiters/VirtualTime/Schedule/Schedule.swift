/// Decides what runs next in virtual time, and when time moves on.
///
/// It only decides: it runs nothing and knows no real clock. Time moves when nothing can run, and then to
/// the next timer.
struct Schedule<Work> {
  typealias TimerID = TimerQueue<Duration, Timed>.ID

  /// What a timer lets run.
  struct Timed {
    let work: Work
    let task: Int?
  }

  /// A step of a run, for comparing two runs.
  struct Step: Equatable, Sendable {
    /// The number of the task, counted in the order in which tasks first come; nil for what is no task's.
    let task: Int?
    let time: Duration
  }

  /// The time since the beginning.
  private(set) var now = Duration.zero
  /// How many steps were made, and how many since time last moved.
  private(set) var stepCount = 0, stepsAtThisTime = 0
  /// The steps, where they are kept.
  private(set) var trace: [Step]?
  private var ready: ReadyQueue<Work>
  private var timers = TimerQueue<Duration, Timed>()

  init(seed: UInt64, keepsTrace: Bool = false) {
    ready = ReadyQueue(seed: seed)
    trace = keepsTrace ? [] : nil
  }

  /// Takes in what can run now.
  mutating func enqueue(_ work: Work, of task: Int?) {
    ready.append(work, of: task)
  }

  /// Takes in what can run at a time; a time that has passed means now, after what can run already, and one after
  /// the last that there is means that one.
  mutating func arm(at time: Duration, _ work: Work, of task: Int?) -> TimerID {
    timers.arm(at: min(max(time, now), .longest), Timed(work: work, task: task)).id
  }

  /// Takes out what a timer has, unless it has come to its time.
  mutating func disarm(_ id: TimerID) -> Work? { timers.disarm(id)?.work }

  /// Whether nothing can run, now or later, unless something is taken in.
  var isIdle: Bool { ready.isEmpty && timers.count == 0 }

  /// What runs next; nil when nothing can.
  ///
  /// `mayAdvance` says whether time may move on for it.
  mutating func next(mayAdvance: Bool) -> Work? {
    if ready.isEmpty { ripen(mayAdvance: mayAdvance) }
    guard let (work, task) = ready.popNext() else { return nil }
    stepCount += 1
    stepsAtThisTime += 1
    trace?.append(Step(task: task, time: now))
    return work
  }

  /// Takes everything out, in order: what can run, and what its timers were to let run, after how long.
  mutating func removeAll() -> [(work: Work, after: Duration)] {
    var all: [(Work, Duration)] = []
    while let (work, _) = ready.popNext() { all.append((work, .zero)) }
    let end = now
    while true {
      switch timers.step(now: now) {
      case .run(let due): all.append(contentsOf: due.map { ($0.work, now - end) })
      case .wait(until: let time?): now = time
      case .wait(until: nil): return all
      }
    }
  }

  /// Forgets tasks that will not come again.
  mutating func forget(_ tasks: [Int]) { ready.forget(tasks) }

  private mutating func ripen(mayAdvance: Bool) {
    while true {
      switch timers.step(now: now) {
      case .run(let due):
        for timed in due { ready.append(timed.work, of: timed.task) }
        return
      case .wait(until: let time?):
        guard mayAdvance else { return }
        now = time
        stepsAtThisTime = 0
      case .wait(until: nil): return
      }
    }
  }
}
