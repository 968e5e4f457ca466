import Foundation
import HarnessProcess

/// What is held of the place of a service while it runs: a port, a socket, a folder.
struct ServiceSlot: Sendable {
  let place: ServicePlace
  /// The socket that the service inherits.
  let listener: LoopbackSocket?
  private let held: LoopbackSocket?
  private let folder: String?

  init(_ listening: ServiceListening) throws {
    switch listening.kind {
    case .unixSocket:
      let folder = try Self.freshFolder()
      place = ServicePlace(port: nil, socketPath: "\(folder)/s", descriptor: nil)
      (listener, held) = (nil, nil)
      self.folder = folder
    case .inheritedSocket:
      let socket = try LoopbackSocket.listening()
      place = ServicePlace(port: socket.port, socketPath: nil, descriptor: 3)
      listener = socket
      (held, folder) = (nil, nil)
    case .portNumber:
      let socket = try LoopbackSocket.holding()
      place = ServicePlace(port: socket.port, socketPath: nil, descriptor: nil)
      (listener, folder) = (nil, nil)
      #if os(Linux)
        held = socket
      #else
        // Elsewhere `SO_REUSEADDR` does not let the service in beside it.
        socket.close()
        held = nil
      #endif
    }
  }

  /// Lets the place go, after the service has ended.
  func release() {
    listener?.close()
    held?.close()
    if let folder { try? FileManager.default.removeItem(atPath: folder) }
  }

  /// The command that starts the program at this place.
  func command(
    _ executable: String, _ arguments: [String], environment: [String: String],
    workingDirectory: String?
  ) -> Command {
    guard let listener else {
      return Command(
        executable, arguments, environment: .inherited(with: environment),
        workingDirectory: workingDirectory)
    }
    // Only the program itself knows its number, and `exec` keeps that of the shell.
    let variables = ["LISTEN_FDS": "1", "LISTEN_FDNAMES": "http"]
    var command = Command(
      "/bin/sh", ["-c", "LISTEN_PID=$$ exec \"$0\" \"$@\"", executable] + arguments,
      environment: .inherited(with: environment.merging(variables) { $1 }),
      workingDirectory: workingDirectory)
    command.listener = listener
    return command
  }

  /// A folder for this user alone, by a path that is short enough for a socket in it.
  private static func freshFolder() throws -> String {
    let temporary = FileManager.default.temporaryDirectory.path
    let name = "harness-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
    let parent =
      "\(temporary)/\(name)/s".utf8.count <= SocketConnector.pathLimit ? temporary : "/tmp"
    let folder = "\(parent)/\(name)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    return folder
  }
}
