import HarnessProcess
import Testing

@Suite struct `A program that cannot be started` {
  private func message(_ command: Command) async -> String? {
    do {
      _ = try await run(command)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func `is missing`() async {
    #expect(
      await message(Command("no-such-program"))
        == "cannot start no-such-program: No such file or directory; it was looked up in PATH")
    #expect(
      await message(Command("/no/such/program"))
        == "cannot start /no/such/program: No such file or directory")
  }

  @Test func `may not be executed`() async {
    #expect(await message(Command("/etc/passwd")) == "cannot start /etc/passwd: Permission denied")
  }

  @Test func `has nowhere to run`() async {
    #expect(
      await message(Command("true", workingDirectory: "/no/such/folder"))
        == "cannot start true in /no/such/folder, which cannot be entered: No such file or directory"
    )
  }

  @Test func `is given an argument that it could not see`() async {
    #expect(await message(Command("echo", ["a\0b"])) == "cannot start echo: Invalid argument")
  }
}
