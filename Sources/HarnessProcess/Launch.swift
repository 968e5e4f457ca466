#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import CHarnessSystem
import HarnessLock

/// A process that has just been started, and our ends of everything that leads to it.
struct Launch {
  /// How the end of the process is heard of.
  enum ExitWatch {
    /// By a process descriptor where the system has one, and otherwise by a thread.
    case automatic
    /// By a thread that waits for the process.
    case thread
  }

  let id: pid_t
  let input: Descriptor?
  let output: Descriptor
  let error: Descriptor
  /// Readable, or hung up, once the process has ended.
  let end: Descriptor

  /// Starts the program.
  init(_ command: Command, watch: ExitWatch) throws(LaunchError) {
    do throws(Errno) {
      try self.init(unchecked: command, watch: watch)
    } catch {
      throw LaunchError(command, errno: error.code)
    }
  }

  private init(unchecked command: Command, watch: ExitWatch) throws(Errno) {
    let variables = command.environment.entries
    // A C string ends at the first NUL: the program would see something else than what was asked for.
    for text in [command.executable] + command.arguments + variables where text.utf8.contains(0) {
      throw Errno(code: EINVAL)
    }
    var opened: [Descriptor] = []
    do throws(Errno) {
      let input: (reading: Descriptor, writing: Descriptor?) =
        command.input.isEmpty ? (try .empty(), nil) : try Descriptor.pipe()
      opened += [input.reading] + (input.writing.map { [$0] } ?? [])
      let output = try Descriptor.pipe()
      opened += [output.reading, output.writing]
      let error = try Descriptor.pipe()
      opened += [error.reading, error.writing]
      id = try Self.spawn(
        command, variables, input: input.reading, output: output.writing, error: error.writing)
      for descriptor in [input.reading, output.writing, error.writing] { descriptor.close() }
      self.input = input.writing
      self.output = output.reading
      self.error = error.reading
    } catch {
      for descriptor in opened { descriptor.close() }
      throw error
    }
    do throws(Errno) {
      end = try Self.watch(id, watch)
    } catch {
      // Nobody would hear of its end.
      kill(-id, SIGKILL)
      waitpid(id, nil, 0)
      for descriptor in [self.output, self.error] + (input.map { [$0] } ?? []) {
        descriptor.close()
      }
      throw error
    }
    for descriptor in [self.output, self.error] + (input.map { [$0] } ?? []) {
      descriptor.setNonBlocking()
    }
  }

  private static func spawn(
    _ command: Command, _ variables: [String], input: Descriptor, output: Descriptor,
    error: Descriptor
  ) throws(Errno) -> pid_t {
    var id: pid_t = 0
    let code = unsafe withCStrings([command.executable] + command.arguments) { arguments in
      unsafe withCStrings(variables) { variables in
        unsafe charness_spawn(
          command.executable, arguments, variables, command.workingDirectory, input.number,
          output.number, error.number, command.listener?.descriptor.number ?? -1, &id)
      }
    }
    guard code == 0 else { throw Errno(code: code) }
    return id
  }

  private static func watch(_ id: pid_t, _ watch: ExitWatch) throws(Errno) -> Descriptor {
    if case .automatic = watch {
      let number = charness_pidfd_open(id)
      if number >= 0 { return Descriptor(number: number) }
    }
    let pipe = try Descriptor.pipe()
    BackgroundThread.start {
      var end = charness_end()
      _ = unsafe charness_await_end(id, &end)
      pipe.writing.close()
    }
    return pipe.reading
  }
}

extension Command.Environment {
  /// The variables as `NAME=value`.
  fileprivate var entries: [String] {
    var entries: [String] = []
    if inherits {
      for (name, value) in currentEnvironment() where variables[name] == nil {
        entries.append("\(name)=\(value)")
      }
    }
    return entries + variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  }
}
