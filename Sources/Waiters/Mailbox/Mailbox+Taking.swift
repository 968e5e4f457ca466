extension Mailbox {
  /// Takes the oldest event that lies here and satisfies the predicate, without a wait; nil where there is none.
  ///
  /// The predicate runs under the mailbox's lock: it must be pure and quick, and must not use the mailbox.
  package func takeFirst(where matches: @escaping @Sendable (Event) -> Bool) -> Event? {
    let test = EventTest(matches)
    return channel.point.withMachine { $0.takeFirst(test) }?.open(as: Event.self)
  }
}
