/// What a channel is to the harness itself, beside its waits.
struct ChannelNature: Sendable {
  /// Whether its waits stand in the table of waits: those of the harness's own channels say nothing to a user.
  var isListed = true
  /// Whether what ends its waits comes from outside of the process or of its tasks, so that a scope of virtual
  /// time in which nothing can run is no deadlock.
  var isFedFromOutside = false

  /// A user's channel, that his code sends to.
  static let plain = ChannelNature()
  /// One that a process or somebody's callback sends to.
  static let fedFromOutside = ChannelNature(isFedFromOutside: true)
  /// One between parts of the harness.
  static let inner = ChannelNature(isListed: false)
}
