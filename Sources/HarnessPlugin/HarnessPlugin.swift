import Foundation
import PackagePlugin

/// `swift package harness …`: runs the `harness` command in the package's folder.
@main struct HarnessPlugin: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) throws {
    let process = Process()
    process.executableURL = try context.tool(named: "HarnessCommand").url
    process.arguments = arguments
    process.currentDirectoryURL = context.package.directoryURL
    // `harness golden` must not ask the package manager, which waits for this process.
    var environment = ProcessInfo.processInfo.environment
    environment["HARNESS_PLUGIN"] = "1"
    process.environment = environment
    try process.run()
    process.waitUntilExit()
    // What is wrong has been printed already; the package manager tells of a status that is not 0.
    exit(process.terminationStatus)
  }
}
