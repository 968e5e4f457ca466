import Testing

@testable import Waiters

@Suite struct `A schedule` {
  private func run(_ schedule: inout Schedule<String>, steps: Int = 100) -> [String] {
    var order: [String] = []
    while order.count < steps, let work = schedule.next(mayAdvance: true) { order.append(work) }
    return order
  }

  private func next(_ schedule: inout Schedule<String>, mayAdvance: Bool = true) -> String? {
    schedule.next(mayAdvance: mayAdvance)
  }

  @Test func `runs what came first with seed 0`() {
    var schedule = Schedule<String>(seed: 0)
    for name in ["a", "b", "c"] { schedule.enqueue(name, of: nil) }
    #expect(run(&schedule) == ["a", "b", "c"])
    #expect(schedule.isIdle)
  }

  @Test func `moves on to the next timer when nothing can run`() {
    var schedule = Schedule<String>(seed: 0)
    _ = schedule.arm(at: .seconds(2), "late", of: nil)
    _ = schedule.arm(at: .seconds(1), "early", of: nil)
    _ = schedule.arm(at: .seconds(1), "early too", of: nil)
    schedule.enqueue("now", of: nil)
    #expect(next(&schedule) == "now")
    #expect(schedule.now == .zero)
    #expect(next(&schedule, mayAdvance: false) == nil)
    #expect(next(&schedule) == "early")
    #expect(schedule.now == .seconds(1))
    #expect(run(&schedule) == ["early too", "late"])
    #expect(schedule.now == .seconds(2))
  }

  @Test func `runs a timer whose time has passed after what can run`() {
    var schedule = Schedule<String>(seed: 0)
    schedule.enqueue("now", of: nil)
    _ = schedule.arm(at: .seconds(-1), "passed", of: nil)
    #expect(next(&schedule, mayAdvance: false) == "now")
    #expect(next(&schedule, mayAdvance: false) == "passed")
    #expect(schedule.now == .zero)
  }

  @Test func `forgets a timer that is disarmed`() {
    var schedule = Schedule<String>(seed: 0)
    let timer = schedule.arm(at: .seconds(1), "a", of: nil)
    let disarmed = [schedule.disarm(timer), schedule.disarm(timer)]
    #expect(disarmed == ["a", nil])
    #expect(next(&schedule) == nil)
    #expect(schedule.now == .zero)
  }

  @Test func `gives what is left, and after how long`() {
    var schedule = Schedule<String>(seed: 0)
    _ = schedule.arm(at: .seconds(1), "first", of: nil)
    _ = schedule.next(mayAdvance: true)
    _ = schedule.arm(at: .seconds(3), "later", of: nil)
    schedule.enqueue("now", of: nil)
    let left = schedule.removeAll()
    #expect(left.map(\.work) == ["now", "later"])
    #expect(left.map(\.after) == [.zero, .seconds(2)])
    #expect(schedule.isIdle)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `is the same for a seed each time`(seed: UInt64) {
    func trace() -> [Schedule<String>.Step]? {
      var schedule = Schedule<String>(seed: seed, keepsTrace: true)
      for task in 0..<10 { schedule.enqueue("\(task)", of: task) }
      for _ in 0..<100 {
        guard let work = schedule.next(mayAdvance: true), let task = Int(work) else { break }
        if task.isMultiple(of: 3) {
          _ = schedule.arm(at: schedule.now + .seconds(task), work, of: task)
        } else {
          schedule.enqueue(work, of: task)
        }
      }
      return schedule.trace
    }
    #expect(trace() == trace())
  }

  /// Whichever way the order is mixed, each of a few tasks comes first, and last, under some seed.
  @Test(arguments: [1, 2] as [UInt64]) func `puts every task everywhere`(first: UInt64) {
    var orders = Set<[String]>()
    for seed in stride(from: first, to: 1000, by: 2) {
      var schedule = Schedule<String>(seed: seed)
      for (task, name) in ["a", "b", "c"].enumerated() { schedule.enqueue(name, of: task) }
      orders.insert(run(&schedule))
    }
    #expect(orders.count == 6)
  }

  /// With equal chances the odds for it are 1 to 2⁴⁰.
  @Test func `holds a task back for long with priorities`() {
    let found = stride(from: 2 as UInt64, to: 400, by: 2).contains { seed in
      var schedule = Schedule<String>(seed: seed)
      schedule.enqueue("held", of: 1)
      schedule.enqueue("runs", of: 2)
      for _ in 0..<40 {
        guard schedule.next(mayAdvance: true) == "runs" else { return false }
        schedule.enqueue("runs", of: 2)
      }
      return true
    }
    #expect(found)
  }

  @Test func `keeps no task waiting for ever with priorities`() {
    for seed in stride(from: 2 as UInt64, to: 100, by: 2) {
      var schedule = Schedule<String>(seed: seed)
      schedule.enqueue("held", of: 1)
      schedule.enqueue("runs", of: 2)
      var steps = 0
      while schedule.next(mayAdvance: true) == "runs" {
        schedule.enqueue("runs", of: 2)
        steps += 1
      }
      // Each step ends it with a chance of 1 in 128 or better.
      #expect(steps < 3000)
    }
  }

  @Test func `counts steps, and those at one time`() {
    var schedule = Schedule<String>(seed: 0)
    for name in ["a", "b"] { schedule.enqueue(name, of: nil) }
    _ = schedule.arm(at: .seconds(1), "c", of: nil)
    _ = schedule.next(mayAdvance: true)
    _ = schedule.next(mayAdvance: true)
    #expect(schedule.stepsAtThisTime == 2)
    _ = schedule.next(mayAdvance: true)
    #expect(schedule.stepsAtThisTime == 1)
    #expect(schedule.stepCount == 3)
  }
}

@Suite struct `The numbers of a schedule` {
  /// Source: the first outputs for seed 1234567 in the test vectors of Rosetta Code's "Pseudo-random
  /// numbers/Splitmix64".
  @Test func `are those of SplitMix64`() {
    var random = SplitMix64(seed: 1_234_567)
    let numbers = (0..<5).map { _ in random.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test func `stay below their bound, and reach all below it`() {
    var random = SplitMix64(seed: 3)
    let numbers = Set((0..<1000).map { _ in random.next(below: 7) })
    #expect(numbers == Set(0..<7))
  }
}
