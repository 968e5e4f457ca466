/// The tasks that were seen in one scope of virtual time, numbered in the order in which they first came.
struct TaskRegistry {
  private(set) var numbers: [TaskRef: Int] = [:]
  private var nextNumber = 1
  private var pruneAt = 256

  /// The number of a task; `isNew` when it has not come before.
  mutating func see(_ task: TaskRef) -> (number: Int, isNew: Bool) {
    if let number = numbers[task] { return (number, false) }
    defer { nextNumber += 1 }
    numbers[task] = nextNumber
    return (nextNumber, true)
  }

  /// Whether so many were seen that it is time to look who of them is over.
  var isFull: Bool { numbers.count >= pruneAt }

  /// Forgets tasks that are over; gives their numbers.
  mutating func forget(_ tasks: [TaskRef]) -> [Int] {
    let forgotten = tasks.compactMap { numbers.removeValue(forKey: $0) }
    // Twice what is left, so that looking costs each task little, however many there are.
    pruneAt = max(256, numbers.count * 2)
    return forgotten
  }
}
