import Foundation
import HarnessProcess
import Testing

/// Runs the Swift Testing tests of the package once more: one at a time, in one process, in an order that
/// comes from a seed.
///
/// Swift Testing has no such option. It offers the entry point that the package manager calls, though, and
/// that may be called from a test: once for each of the others. XCTest runs its tests in its own order
/// whatever it is asked for, so those are not part of this.
@Suite struct `All tests in a shuffled order` {
  private static let seed = ProcessInfo.processInfo.environment["HARNESS_SHUFFLE_SEED"]
    .flatMap { UInt64($0) }

  @Test(.enabled(if: seed != nil, "Scripts/test runs it, with HARNESS_SHUFFLE_SEED"))
  func `pass, one at a time`() async throws {
    let seed = try #require(Self.seed)
    var generator = SplitMix64(seed: seed)
    let tests = try await Self.others().shuffled(using: &generator)
    let begin = ContinuousClock.now
    for (index, test) in tests.enumerated() {
      var arguments = __CommandLineArguments_v0()
      arguments.parallel = false
      arguments.filter = ["^\(NSRegularExpression.escapedPattern(for: test))(/|$)"]
      let code: CInt = await __swiftPMEntryPoint(passing: arguments)
      #expect(
        code == EXIT_SUCCESS,
        "test \(index + 1) of \(tests.count), with seed \(seed): \(test)")
    }
    let seconds = begin.duration(to: .now).components.seconds
    print("shuffled: \(tests.count) tests in \(seconds) s with HARNESS_SHUFFLE_SEED=\(seed)")
    #expect(tests.count > 100)
  }

  /// The tests of this program, without this one, sorted, so that a seed gives the same order anywhere.
  private static func others() async throws -> [String] {
    let listing = try await run(
      Command(CommandLine.arguments[0], ["--list-tests", "--testing-library", "swift-testing"]))
    return listing.standardOutput.text.split(separator: "\n").map(String.init)
      .filter { $0.contains("/") && !$0.hasPrefix("ShuffledOrderTests.") }.sorted()
  }

  /// A generator of which a seed is all that there is to know.
  ///
  /// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014), figure 17.
  private struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
      state = seed
    }

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }
}
