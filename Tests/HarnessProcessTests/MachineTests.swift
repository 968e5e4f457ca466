import Testing

@testable import HarnessProcess

@Suite struct `The line splitter` {
  private var splitter = LineSplitter(limit: 5)

  private mutating func append(_ text: String) -> [String] { splitter.append(Array(text.utf8)) }
  private mutating func finish() -> String? { splitter.finish() }

  @Test mutating func `cuts at line feeds, wherever the bytes are cut`() {
    #expect(append("a\nb") == ["a"])
    #expect(append("c\n\nd") == ["bc", ""])
    #expect(finish() == "d")
    #expect(finish() == nil)
  }

  @Test mutating func `leaves out the carriage return of a line's end`() {
    #expect(append("a\r") == [])
    #expect(append("\nb\rc\r\n") == ["a", "b\rc"])
  }

  @Test mutating func `gives an empty last line none`() {
    #expect(append("a\n") == ["a"])
    #expect(finish() == nil)
  }

  @Test mutating func `cuts a line that is too long, and counts the rest`() {
    #expect(append("abcdefg\nh\n") == ["abcde… (+2 bytes)", "h"])
    _ = append("abcdef")
    #expect(finish() == "abcde… (+1 bytes)")
  }

  @Test mutating func `repairs what is not UTF-8`() {
    #expect(splitter.append([0x61, 0xFF, 0x0A]) == ["a\u{FFFD}"])
  }
}

@Suite struct `Captured output` {
  private var output = CapturedOutput(head: 3, tail: 2)

  private mutating func append(_ text: String) { output.append(Array(text.utf8)) }

  @Test mutating func `keeps everything that fits`() {
    append("ab")
    append("cde")
    #expect(output.text == "abcde")
    #expect(output.omitted == 0)
  }

  @Test(arguments: [1, 2, 3, 5, 10])
  mutating func `keeps the beginning and the end, and counts the rest`(chunk: Int) {
    let bytes = Array("abcdefghij".utf8)
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      output.append(bytes[start..<min(start + chunk, bytes.count)])
    }
    #expect(output.count == 10)
    #expect(output.omitted == 5)
    #expect(output.bytes == Array("abcij".utf8))
    #expect(output.text == "abc\n… 5 bytes left out …\nij")
  }
}

@Suite struct `The lifecycle of a process` {
  private var life = Lifecycle<Int>()

  private mutating func terminate(killAt instant: Int) -> Lifecycle<Int>.Signal? {
    life.terminate(killAt: instant)
  }
  private mutating func tick(_ now: Int) -> Lifecycle<Int>.Signal? { life.tick(now) }

  @Test mutating func `asks once, and kills when the grace has passed`() {
    #expect(tick(100) == nil)
    #expect(terminate(killAt: 10) == .terminate)
    #expect(terminate(killAt: 20) == nil)
    #expect(life.nextTick == 10)
    #expect(tick(9) == nil)
    #expect(tick(10) == .kill)
    #expect(tick(11) == nil)
    #expect(life.nextTick == nil)
  }

  @Test mutating func `takes the stricter of two requests`() {
    _ = terminate(killAt: 20)
    _ = terminate(killAt: 10)
    #expect(life.nextTick == 10)
  }

  @Test mutating func `signals nobody after the end`() {
    _ = terminate(killAt: 10)
    life.ended(.exited(0))
    #expect(tick(10) == nil)
    #expect(terminate(killAt: 20) == nil)
    #expect(life.status == .exited(0))
  }
}
