import Dispatch
import HarnessLock
import Testing

#if canImport(Glibc)
  @Suite struct `A lock that is tried` {
    @Test func `is waited for as long as the patience lasts`() {
      let lock = Lock(7)
      let (isHeld, release) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
      BackgroundThread.start {
        lock.withLock { _ in
          isHeld.signal()
          release.wait()
        }
      }
      isHeld.wait()
      #expect(lock.tryWithLock(within: .zero) { $0 } == nil)
      #expect(lock.tryWithLock(within: .milliseconds(1)) { $0 } == nil)
      release.signal()
      #expect(lock.tryWithLock(within: .seconds(60)) { $0 } == 7)
    }
  }
#endif
