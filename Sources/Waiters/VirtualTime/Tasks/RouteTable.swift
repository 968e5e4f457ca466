/// Decides to which of several owners a task belongs, by where it first comes from.
struct RouteTable<Owner> {
  /// What is known of a task.
  enum Standing {
    case owned(Owner)
    /// Somebody outside of every scope has started it.
    case foreign
    case unknown
  }

  private var owners: [UInt64: Owner] = [:]
  private var foreign = TaskIDSet()
  private var openScopes = 0

  /// Begins to note who is foreign; the tasks of the scope that opens have greater numbers than `id`.
  mutating func open(after id: UInt64) {
    if openScopes == 0 { foreign.begin(at: id) }
    openScopes += 1
  }

  /// Takes in that a scope ends; with the last one all that was noted is forgotten.
  mutating func close() {
    openScopes -= 1
    if openScopes == 0 { foreign.begin(at: 0) }
  }

  mutating func add(_ id: UInt64, _ owner: Owner) { owners[id] = owner }

  mutating func remove(_ ids: some Sequence<UInt64>) {
    for id in ids { owners[id] = nil }
  }

  func standing(of id: UInt64) -> Standing {
    if let owner = owners[id] { return .owned(owner) }
    return foreign.contains(id) ? .foreign : .unknown
  }

  /// Takes in that a task came from outside; one that has an owner keeps it.
  mutating func cameFromOutside(_ id: UInt64) {
    guard openScopes > 0, owners[id] == nil else { return }
    foreign.insert(id)
  }
}
