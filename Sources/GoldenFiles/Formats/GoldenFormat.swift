/// How values of one kind are stored in golden files and compared with them.
///
/// The owner of a kind of value conforms to it, so that `expectGolden(value, as: format)` compares by the
/// meaning of that kind.
public protocol GoldenFormat: Sendable {
  /// What is compared.
  associatedtype Value

  /// The extension of the files, without the dot.
  var fileExtension: String { get }

  /// The value as it is stored.
  func write(_ value: Value) throws -> [UInt8]

  /// The value of a stored file.
  func read(_ bytes: [UInt8]) throws -> Value

  /// Compares a value with the golden one, which is nil when there is no file yet.
  ///
  /// A format that knows no places inside its values answers each rule with a violation.
  func compare(
    _ actual: Value, with golden: Value?, rules: [GoldenRule]
  ) -> GoldenComparison<Value>
}

/// What a format found out about a value and its golden one.
public struct GoldenComparison<Value> {
  /// Where the two differ in meaning.
  public var differences: [GoldenFinding]
  /// Where the value breaks a rule, or a rule has nothing to say: no update may hide that.
  public var violations: [GoldenFinding]
  /// What belongs into the golden file: the value with placeholders for what varies.
  public var candidate: Value

  /// Puts a comparison together.
  public init(
    differences: [GoldenFinding], violations: [GoldenFinding] = [], candidate: Value
  ) {
    self.differences = differences
    self.violations = violations
    self.candidate = candidate
  }
}

extension GoldenComparison: Sendable where Value: Sendable {}

/// One place in which a value and its golden file differ, or a rule is broken.
public struct GoldenFinding: Sendable, CustomStringConvertible {
  /// The place and what is wrong there; more lines are indented.
  public let description: String
  /// The same at full length, made when the failure has no room for it.
  private let makeWhole: (@Sendable () -> String)?

  /// Makes a finding of its text.
  ///
  /// - Parameters:
  ///   - description: The place and what is wrong there, not much longer than a failure can show: 200 lines.
  ///   - whole: Makes the text that becomes evidence where the failure has no room for all of it; without it
  ///     that is the description.
  public init(_ description: String, whole: (@Sendable () -> String)? = nil) {
    self.description = description
    makeWhole = whole
  }

  /// The finding at full length, which becomes evidence where a failure has no room for it.
  public var whole: String { makeWhole?() ?? description }
}
