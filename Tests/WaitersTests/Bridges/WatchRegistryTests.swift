import Testing

@testable import Waiters

@Suite struct `The registry of watches` {
  private var registry = WatchRegistry<Int32>()

  @Test mutating func `tells who waits for the name, and nobody else`() {
    registry.add(1, 10, name: "a")
    registry.add(1, 10, name: "b")
    registry.add(1, 11, name: "c")
    registry.add(2, 12, name: "a")
    #expect(registry.subscribers(to: 1, name: "a") == [10])
    #expect(registry.subscribers(to: 1, name: "b") == [10])
    #expect(registry.subscribers(to: 1, name: "d") == [])
    #expect(registry.subscribers(to: 3, name: "a") == [])
  }

  @Test mutating func `tells everybody of what happens to the folder itself`() {
    registry.add(1, 10, name: "a")
    registry.add(1, 11, name: nil)
    #expect(registry.subscribers(to: 1, name: nil).sorted() == [10, 11])
  }

  @Test mutating func `tells one who wants everything of every name`() {
    registry.add(1, 10, name: nil)
    registry.add(1, 10, name: "a")
    #expect(registry.subscribers(to: 1, name: "z") == [10])
  }

  @Test mutating func `gives a watch up with the last who looks through it`() {
    registry.add(1, 10, name: "a")
    registry.add(1, 11, name: "a")
    registry.add(2, 10, name: nil)
    #expect(registry.remove(10) == [2])
    #expect(registry.remove(10) == [])
    #expect(registry.remove(11) == [1])
    #expect(registry.count == 0)
  }

  @Test mutating func `forgets what the system has given up`() {
    registry.add(1, 10, name: "a")
    registry.forget(1)
    #expect(registry.subscribers(to: 1, name: "a") == [])
    #expect(registry.remove(10) == [])
  }
}
