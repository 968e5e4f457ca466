import Testing

@testable import Waiters

@Suite struct `The log of attempts` {
  private func log(_ count: Int, capacity: Int = 5_000) -> AttemptLog {
    var log = AttemptLog(capacity: capacity)
    for number in 0..<count {
      log.append(
        "\(number)", begin: .milliseconds(number * 10), end: .milliseconds(number * 10 + 1))
    }
    return log
  }

  @Test func `shows all of a few`() {
    #expect(log(2).lines(atMost: 3) == ["#1 at 0 ms  0", "#2 at 10 ms  1"])
    #expect(log(0).lines(atMost: 3) == [])
  }

  @Test func `shows the first and the last of many, with a count between`() {
    #expect(
      log(100).lines(atMost: 3) == [
        "#1 at 0 ms  0", "… 97 more", "#99 at 980 ms  98", "#100 at 990 ms  99",
      ])
  }

  @Test func `keeps the first and the newest of very many`() {
    let log = log(1_000, capacity: 5)
    #expect(log.count == 1_000)
    #expect(log.first.count + log.newest.count == 10)
    #expect(
      log.lines(atMost: 4) == [
        "#1 at 0 ms  0", "… 996 more", "#998 at 9.97 s  997", "#999 at 9.98 s  998",
        "#1000 at 9.99 s  999",
      ])
    #expect(log.text.split(separator: "\n").count == 11)
    #expect(log.text.contains("\n… 990 more\n"))
  }

  @Test func `knows the longest pause`() {
    var log = log(3)
    #expect(log.longestPause == .milliseconds(9))
    log.append("late", begin: .seconds(2), end: .seconds(3))
    #expect(log.longestPause == .milliseconds(1_979))
    #expect(log.last?.finding == "late")
  }
}
