import DequeModule
import HeapModule

/// What can run, and which of it runs next.
///
/// The order depends on the seed and on what is appended, and on nothing else:
/// - seed 0: first come, first served;
/// - odd seeds: any of them, with equal chances;
/// - even seeds: the task with the highest priority, where each task has a random one when it first comes,
///   and may fall below all others each time it runs, with a chance of 1 in 8, 32 or 128, as the seed says.
///
/// Equal chances seldom hold one task back for long, which many faults need; priorities do.
/// Source of the priorities: S. Burckhardt and others, "A Randomized Scheduler with Probabilistic
/// Guarantees of Finding Bugs" (ASPLOS 2010). There the number of falls is fixed; here it is a chance, since
/// nobody knows beforehand how long a run is.
struct ReadyQueue<Element> {
  private struct Entry: Comparable {
    let priority: UInt64
    let order: UInt64
    let task: Int?
    let element: Element

    static func == (a: Entry, b: Entry) -> Bool { a.order == b.order }

    // The greatest goes first, and of equals the one that came first.
    static func < (a: Entry, b: Entry) -> Bool {
      (a.priority, b.order) < (b.priority, a.order)
    }
  }

  private enum Policy {
    case inOrder
    case equalChances
    case priorities
  }

  private let policy: Policy
  /// What can run, in the order in which it came or in none; not used with priorities.
  private var list = Deque<Entry>()
  /// What can run, with priorities.
  private var heap = Heap<Entry>()
  private var random: SplitMix64
  private var nextOrder: UInt64 = 0
  private var priorities: [Int: UInt64] = [:]
  /// A task that runs falls with a chance of 1 in this.
  private let fallOdds: Int
  /// Below every priority that was drawn or given so far.
  private var floor: UInt64 = 1 << 63

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    fallOdds = [8, 32, 128][random.next(below: 3)]
    policy = seed == 0 ? .inOrder : seed.isMultiple(of: 2) ? .priorities : .equalChances
  }

  var isEmpty: Bool { list.isEmpty && heap.isEmpty }

  /// Adds what can run; `task` is the number of the task that it is a part of, if it is one of a task's.
  mutating func append(_ element: Element, of task: Int?) {
    let order = nextOrder
    nextOrder += 1
    switch policy {
    case .inOrder, .equalChances:
      list.append(Entry(priority: 0, order: order, task: task, element: element))
    case .priorities:
      heap.insert(Entry(priority: priority(of: task), order: order, task: task, element: element))
    }
  }

  /// Takes out what runs next.
  mutating func popNext() -> (element: Element, task: Int?)? {
    guard let entry = pop() else { return nil }
    return (entry.element, entry.task)
  }

  private mutating func pop() -> Entry? {
    switch policy {
    case .inOrder: return list.popFirst()
    case .equalChances:
      guard !list.isEmpty else { return nil }
      list.swapAt(random.next(below: list.count), list.count - 1)
      return list.popLast()
    case .priorities:
      guard let entry = heap.popMax() else { return nil }
      if let task = entry.task, random.next(below: fallOdds) == 0 {
        floor -= 1
        priorities[task] = floor
      }
      return entry
    }
  }

  /// Forgets tasks that will not come again.
  mutating func forget(_ tasks: [Int]) {
    for task in tasks { priorities[task] = nil }
  }

  private mutating func priority(of task: Int?) -> UInt64 {
    if let task, let priority = priorities[task] { return priority }
    let priority = random.next() | 1 << 63
    if let task { priorities[task] = priority }
    return priority
  }
}
