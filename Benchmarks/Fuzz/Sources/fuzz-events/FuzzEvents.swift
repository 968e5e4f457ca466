@testable import HTTPDriver

/// Reads bytes as server-sent events and as lines: nothing may trap, no limit be passed, and the cuts between the pieces
/// must change nothing.
///
/// The first byte is the size of the pieces.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzEvents(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: libFuzzer hands over `count` bytes that live as long as the call.
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let first = input.first else { return 0 }
  let bytes = Array(input.dropFirst())
  let size = max(1, Int(first))
  let whole = events(bytes, cut: max(1, bytes.count))
  let cut = events(bytes, cut: size)
  precondition(whole == cut, "the cuts change the events")
  for event in whole.events {
    precondition(event.data.utf8.count <= 3 * limit, "an event is longer than its limit")
    precondition(!event.type.isEmpty, "an event has no type")
  }
  for endsAtCR in [false, true] {
    precondition(
      lines(bytes, cut: size, endsAtCR) == lines(bytes, cut: max(1, bytes.count), endsAtCR),
      "the cuts change the lines")
  }
  for type in ["text/event-stream", "application/x-ndjson", "application/x-www-form-urlencoded"] {
    _ = try? HTTPContent(bytes, mediaType: type)
  }
  let text = String(decoding: bytes, as: UTF8.self)
  _ = try? HTTPContent(bytes, mediaType: text)
  return 0
}

private let limit = 256

private struct Reading: Equatable {
  var events: [ServerSentEvent] = []
  var isTooLong = false
}

private func events(_ bytes: [UInt8], cut size: Int) -> Reading {
  var splitter = LineSplitter(endsAtCR: true, limit: limit)
  var parser = EventStreamParser(dataLimit: limit)
  var reading = Reading()
  var rest = bytes[...]
  while !rest.isEmpty {
    var lines: [[UInt8]] = []
    do {
      defer { rest = rest.dropFirst(size) }
      try splitter.push(Array(rest.prefix(size)), into: &lines)
    } catch {
      reading.isTooLong = true
    }
    for line in lines {
      do {
        if let event = try parser.take(line) { reading.events.append(event) }
      } catch {
        reading.isTooLong = true
        return reading
      }
    }
    if reading.isTooLong { return reading }
  }
  return reading
}

private func lines(_ bytes: [UInt8], cut size: Int, _ endsAtCR: Bool) -> [[UInt8]] {
  var splitter = LineSplitter(endsAtCR: endsAtCR, limit: limit)
  var lines: [[UInt8]] = []
  var rest = bytes[...]
  do {
    while !rest.isEmpty {
      try splitter.push(Array(rest.prefix(size)), into: &lines)
      rest = rest.dropFirst(size)
    }
  } catch {
    return lines + [[0xff]]
  }
  for line in lines { precondition(line.count <= limit, "a line is longer than its limit") }
  if let last = splitter.finish() { lines.append(last) }
  return lines
}
