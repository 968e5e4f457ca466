/// A task of the runtime, by its number and by where its memory is.
///
/// The number is never used again, the memory is: what is read there counts only when it has the number.
struct TaskRef: Hashable, Sendable {
  /// The runtime's number of the task; later tasks have greater numbers.
  let id: UInt64
  let address: UInt

  static func == (a: TaskRef, b: TaskRef) -> Bool { a.id == b.id }

  func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
