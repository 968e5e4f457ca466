import Foundation
import HarnessReporting

/// Expects a property to hold for every value of a generator.
///
/// ```swift
/// @Test func `reads what it writes`() throws {
///   try forAll(.words(count: 0...20)) { text in try parsed(written(text)) == text }
/// }
/// ```
///
/// When it does not hold, the test fails once, with the smallest value found for which it does not, and with the seed that
/// replays it. A value that is too long for the message is kept whole as evidence. The property fails where it gives false, and where it throws. It must not use `#expect` or `XCTAssert`,
/// which would record a failure for each value that is tried on the way to the smallest.
///
/// Without a seed the values depend on the place of the call alone, so that a test is the same every time;
/// the environment variable `HARNESS_SEED` gives other ones.
///
/// `runs`: how many values are tried, at least one. After a failure up to 3,000 more are, on the way to the smallest.
/// `seed`: the seed to begin with: that of a failure's message replays it.
/// `property`: whether a value is as it should be.
/// - Throws: An error that the framework does not record again, when the failure is recorded.
public func forAll<Value>(
  _ generator: Generator<Value>, runs: Int = 100, seed: UInt64? = nil,
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column, _ property: (Value) throws -> Bool
) throws {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  let start: UInt64
  do throws(PropertyMisuse) {
    start = try startingSeed(seed, runs, site)
  } catch {
    throw Reporter().error(recording: Failure(error.text, at: site))
  }
  var search = PropertySearch(generator, seed: start, runs: runs)
  while let value = search.next() {
    search.take(outcome(of: value, property))
  }
  if let message = search.failure {
    throw Reporter().error(recording: Failure(message, at: site, evidence: search.evidence))
  }
}

/// Expects a property that takes time to hold for every value of a generator.
///
/// As the form for a property that does not wait; values are tried one after the other.
///
/// - Throws: An error that the framework does not record again, when the failure is recorded;
///   `CancellationError` when the task is cancelled between two values.
public func forAll<Value>(
  _ generator: Generator<Value>, runs: Int = 100, seed: UInt64? = nil,
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column, _ property: (Value) async throws -> Bool
) async throws {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  let start: UInt64
  do throws(PropertyMisuse) {
    start = try startingSeed(seed, runs, site)
  } catch {
    let reporter = Reporter()
    throw await reporter.error(recording: Failure(error.text, at: site))
  }
  var search = PropertySearch(generator, seed: start, runs: runs)
  while let value = search.next() {
    try Task.checkCancellation()
    let outcome: PropertyOutcome
    do {
      outcome = try await property(value) ? .holds : .fails(nil)
    } catch {
      outcome = .fails("\(error)")
    }
    search.take(outcome)
  }
  if let message = search.failure {
    let reporter = Reporter()
    throw await reporter.error(recording: Failure(message, at: site, evidence: search.evidence))
  }
}

private func outcome<Value>(
  of value: Value, _ property: (Value) throws -> Bool
) -> PropertyOutcome {
  do {
    return try property(value) ? .holds : .fails(nil)
  } catch {
    return .fails("\(error)")
  }
}

/// A property that cannot be tried as it is asked for.
struct PropertyMisuse: Error {
  let text: String
}

private func startingSeed(
  _ seed: UInt64?, _ runs: Int, _ site: CallSite
) throws(PropertyMisuse) -> UInt64 {
  if runs < 1 {
    throw PropertyMisuse(text: "forAll(…, runs: \(runs)) tries no value; try 1 or more")
  }
  if let seed { return seed }
  if let given = ProcessInfo.processInfo.environment["HARNESS_SEED"] {
    return try environmentSeed(given)
  }
  // The file without its folders and the line: the same on every machine.
  var source = ChoiceSource(seed: UInt64(site.line)).fork("\(site.fileID)")
  return source.next()
}

/// The seed that the environment names.
func environmentSeed(_ text: String) throws(PropertyMisuse) -> UInt64 {
  guard let seed = UInt64(text) else {
    throw PropertyMisuse(
      text: "HARNESS_SEED=\(text) is no seed: a whole number from 0 to \(UInt64.max)")
  }
  return seed
}
