/// Letters without which a source has nothing for the rules, so that most sources need not be read closely.
enum Triggers {
  /// Parts of `sleep`, `asyncAfter`, `yield`, `RunLoop` and `harness:allow`, and `run` as a word's end.
  private static let parts = ["leep", "cAft", "yiel", "Loop", "s:al", "run\0"].map { part in
    part.utf8.reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Whether a source has any of them, in whatever place.
  static func arePresent(in bytes: [UInt8]) -> Bool {
    let (sleep, after, yield, loop) = (parts[0], parts[1], parts[2], parts[3])
    let (allow, run) = (parts[4], parts[5])
    var last: UInt32 = 0
    for byte in bytes {
      last = last << 8 | UInt32(byte)
      if last == sleep || last == after || last == yield || last == loop || last == allow
        || last & 0xFFFF_FF00 == run && !isNameByte(byte)
      {
        return true
      }
    }
    return false
  }
}
