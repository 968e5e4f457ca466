#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

let outcome = Harness.run(Array(CommandLine.arguments.dropFirst()))
outcome.write()
exit(outcome.status.rawValue)
