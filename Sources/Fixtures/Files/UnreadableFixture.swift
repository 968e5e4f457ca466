import Foundation

/// A fixture is there, and is not what it was to be.
public struct UnreadableFixture: Error, CustomStringConvertible {
  /// The name of the fixture, as it was asked for.
  public let file: String
  /// What is wrong with it: a `JSONError`, or what decoding threw.
  public let error: any Error

  /// The file, the place in it, and what is wrong there.
  public var description: String { "\(file)\(Self.text(of: error))" }

  private static func text(of error: any Error) -> String {
    guard let error = error as? DecodingError else { return ", \(error)" }
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context):
      return "\(place(context)): \(context.debugDescription)"
    case .dataCorrupted(let context):
      // What Foundation knows of broken JSON stands in the error beneath.
      let cause = (context.underlyingError as NSError?)?.userInfo[NSDebugDescriptionErrorKey]
      return
        "\(place(context)): \(context.debugDescription)\(cause.map { " (\($0))" } ?? "")"
    @unknown default: return ": \(error)"
    }
  }

  /// The JSON Pointer of the place (RFC 6901); nothing for the whole text.
  private static func place(_ context: DecodingError.Context) -> String {
    if context.codingPath.isEmpty { return "" }
    let tokens = context.codingPath.map { key in
      key.intValue.map(String.init)
        ?? key.stringValue.replacing("~", with: "~0").replacing("/", with: "~1")
    }
    return ", /" + tokens.joined(separator: "/")
  }
}
