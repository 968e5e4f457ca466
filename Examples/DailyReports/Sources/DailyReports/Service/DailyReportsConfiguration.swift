import Foundation

/// What can be chosen about a daily reports service.
public struct DailyReportsConfiguration: Sendable {
  /// The address to listen on.
  public var host = "127.0.0.1"
  /// The port to listen on; 0 for one that the system chooses.
  public var port = 0
  /// The size of the largest workbook that is taken, in bytes.
  public var uploadLimit = 10 * 1024 * 1024
  /// Where uploads lie while they are imported, in a directory that is removed at the end.
  public var temporaryDirectory = FileManager.default.temporaryDirectory.path

  /// A configuration with the defaults: loopback, a port that the system chooses, 10 MiB.
  public init() {}
}
