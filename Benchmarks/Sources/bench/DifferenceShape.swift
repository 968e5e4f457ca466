/// Two texts to compare.
struct DifferenceShape {
  let name: String
  let old: String
  let new: String

  private init(_ name: String, _ old: [String], _ new: [String]) {
    self.name = name
    self.old = old.joined(separator: "\n") + "\n"
    self.new = new.joined(separator: "\n") + "\n"
  }

  /// The usual one and the bad ones.
  static var all: [DifferenceShape] {
    let count = 100_000
    let lines = (0..<count).map { "  {\"id\": \($0), \"price\": \($0 % 977).\($0 % 89)}," }
    var edited = lines
    // The same places in every run, spread without a pattern.
    var place = 0
    for _ in 0..<10_000 {
      place = (place + 7_919 * 11) % count
      edited[place] = "  {\"id\": \(place), \"price\": null},"
    }
    let dull = Array(repeating: "}", count: count)
    let pairs = (0..<count).map { "\($0 / 2 % 9_973)" }
    let otherPairs = (0..<count).map { "\($0 / 2 % 9_001)" }
    let long = String(repeating: "0123456789", count: 5_000_000)
    return [
      DifferenceShape("100,000 lines, 10,000 edits", lines, edited),
      DifferenceShape(
        "all lines equal, other ends", ["a"] + dull + ["b"],
        ["c"] + dull.dropLast(10_000) + ["d"]),
      DifferenceShape("no unique line", pairs, otherPairs),
      DifferenceShape("reversed", lines, lines.reversed()),
      DifferenceShape("nothing in common", lines, lines.map { "-\($0)" }),
      DifferenceShape(
        "one line of 50 MB", [long + "1" + long.prefix(1_000)], [long + "2" + long.prefix(1_000)]),
    ]
  }
}
