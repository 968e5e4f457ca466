public import Foundation
public import HarnessJSON

extension Fixture {
  /// A fixture of comma-separated values, read as a whole; ``CSVReader`` reads one a record at a time.
  ///
  /// - Throws: The recorded failure when there is no such file; a ``CSVError`` when it is no comma-separated
  ///   values, which is not recorded, so that a test may expect it.
  public static func csv(
    _ name: String, in bundle: Bundle? = nil, separator: Unicode.Scalar = ",",
    fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) throws -> CSVTable {
    let path = try path(
      name, in: bundle, fileID: fileID, filePath: filePath, line: line, column: column)
    return try CSVTable(CSVReader(path: path, name: name, separator: separator))
  }

  /// A fixture that is a JSON text.
  ///
  /// - Throws: The recorded failure when there is no such file; an ``UnreadableFixture`` when it is not JSON, which is not
  ///   recorded, so that a test may expect it.
  public static func json(
    _ name: String, in bundle: Bundle? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) throws -> JSONValue {
    let bytes = try bytes(
      name, in: bundle, fileID: fileID, filePath: filePath, line: line, column: column)
    do {
      return try JSONValue(parsing: bytes)
    } catch {
      throw UnreadableFixture(file: name, error: error)
    }
  }

  /// A fixture that is a JSON text, as a value of a type.
  ///
  /// - Throws: The recorded failure when there is no such file; an ``UnreadableFixture`` with what decoding threw, which is
  ///   not recorded.
  public static func decoded<Value: Decodable>(
    _ type: Value.Type, from name: String, in bundle: Bundle? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) throws -> Value {
    let bytes = try bytes(
      name, in: bundle, fileID: fileID, filePath: filePath, line: line, column: column)
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw UnreadableFixture(file: name, error: error)
    }
  }

  /// A fixture with a JSON text on each line; blank lines do not count.
  ///
  /// - Throws: The recorded failure when there is no such file; a ``JSONLineError`` when a line is not JSON, which
  ///   is not recorded.
  public static func jsonLines(
    _ name: String, in bundle: Bundle? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) throws -> [JSONValue] {
    let bytes = try bytes(
      name, in: bundle, fileID: fileID, filePath: filePath, line: line, column: column)
    var values: [JSONValue] = []
    for (index, text) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where !text.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
      do {
        values.append(try JSONValue(parsing: Array(text)))
      } catch {
        throw JSONLineError(file: name, line: index + 1, error: error)
      }
    }
    return values
  }
}

/// A line that is not JSON.
public struct JSONLineError: Error, CustomStringConvertible {
  /// The name of the fixture.
  public let file: String
  /// The line, counted from 1.
  public let line: Int
  /// What is wrong with it.
  public let error: JSONError

  /// The place, and what is wrong there.
  public var description: String {
    "\(file), line \(line), column \(error.column): \(error.message)"
  }
}
