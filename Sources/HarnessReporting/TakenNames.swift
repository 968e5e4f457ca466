/// Gives each name once; who asks for one that is taken gets it with a number, from 2.
struct TakenNames: Sendable {
  private var taken: Set<String> = []
  /// The last number that each name was given: thousands of failures may be at one line.
  private var numbers: [String: Int] = [:]

  mutating func take(_ name: String) -> String {
    var candidate = name
    var number = numbers[name] ?? 1
    while !taken.insert(candidate).inserted {
      number += 1
      candidate = "\(name)-\(number)"
    }
    numbers[name] = number
    return candidate
  }
}
