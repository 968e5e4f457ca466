import Fixtures
import Testing

struct TooLong: Error {
  var words: Int
}

/// A property that does not hold, in Swift Testing.
@Suite struct PropertySuite {
  @Test func words() throws {
    // The line below is the one that the failure must be shown at.
    try forAll(.words(count: 0...9), runs: 50, seed: 1) { text in
      let words = text.split(separator: " ").count
      if words > 1 { throw TooLong(words: words) }
      return true
    }
  }

  @Test func long() throws {
    try forAll(Generator.int(in: 1000...2000).array(count: 200...200), runs: 5, seed: 1) { _ in
      false
    }
  }
}
