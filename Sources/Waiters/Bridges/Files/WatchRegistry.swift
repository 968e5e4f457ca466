/// Who wants to hear of which events: the watches of the system, each with those who look through it.
///
/// The system gives one watch for a folder however often it is asked, so that several share it.
struct WatchRegistry<Watch: Hashable> {
  /// Names one who wants to hear.
  typealias Subscriber = Int

  private enum Interest {
    /// Whatever happens to the watched thing and in it.
    case everything
    /// What happens to entries of these names, and to the folder itself.
    case names(Set<String>)
  }

  private var interests: [Watch: [Subscriber: Interest]] = [:]

  /// The watches that there are.
  var count: Int { interests.count }

  /// A subscriber wants to hear of one name in a watched folder; nil wants everything.
  mutating func add(_ watch: Watch, _ subscriber: Subscriber, name: String?) {
    switch (interests[watch]?[subscriber], name) {
    case (_, nil): interests[watch, default: [:]][subscriber] = .everything
    case (nil, let name?): interests[watch, default: [:]][subscriber] = .names([name])
    case (.everything, .some): break
    case (.names(var names), let name?):
      names.insert(name)
      interests[watch]?[subscriber] = .names(names)
    }
  }

  /// Who is to hear of an event; without a name it is one of the watched thing itself.
  func subscribers(to watch: Watch, name: String?) -> [Subscriber] {
    guard let interested = interests[watch] else { return [] }
    return interested.filter { entry in
      switch entry.value {
      case .everything: true
      case .names(let names): name.map(names.contains) ?? true
      }
    }.map(\.key)
  }

  /// The system has given a watch up.
  mutating func forget(_ watch: Watch) {
    interests[watch] = nil
  }

  /// A subscriber leaves; gives the watches that nobody looks through any more.
  mutating func remove(_ subscriber: Subscriber) -> [Watch] {
    var unused: [Watch] = []
    for watch in interests.keys {
      guard interests[watch]?.removeValue(forKey: subscriber) != nil else { continue }
      if interests[watch]?.isEmpty == true {
        interests[watch] = nil
        unused.append(watch)
      }
    }
    return unused
  }
}
