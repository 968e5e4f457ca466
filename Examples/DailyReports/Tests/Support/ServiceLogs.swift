import InMemoryLogging
import Logging
public import TestHarness

/// What a service logs: kept in memory, and sent to those who wait for a record.
public struct ServiceLogs: Sendable {
  private let memory = InMemoryLogHandler()
  /// The records as they come.
  public let records = Mailbox<String>("log records of the service")

  init() {}

  /// A logger for the service.
  var logger: Logger {
    Logger(label: "daily-reports") { _ in
      MultiplexLogHandler([memory, MailboxLogHandler(records: records)])
    }
  }

  /// The operations that any record is about.
  public var operations: Set<String> {
    Set(memory.entries.compactMap { $0.metadata["operation"]?.description })
  }

  /// All records about an operation, in their order.
  public func records(of operation: String) -> [LogRecord] {
    memory.entries.filter { $0.metadata["operation"] == "\(operation)" }.map { entry in
      LogRecord(
        message: entry.message.description, metadata: entry.metadata.mapValues(\.description))
    }
  }
}

/// What a log record says.
public struct LogRecord: Sendable {
  public let message: String
  public let metadata: [String: String]
}

/// Sends the message of each record to a mailbox.
private struct MailboxLogHandler: LogHandler {
  let records: Mailbox<String>
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  subscript(metadataKey key: String) -> Logger.MetadataValue? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    records.send(event.message.description)
  }
}
