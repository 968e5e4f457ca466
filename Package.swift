// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "swift-test-harness",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "HarnessReporting", targets: ["HarnessReporting"]),
    .library(name: "HarnessJSON", targets: ["HarnessJSON"]),
    .library(name: "ProblemJSON", targets: ["ProblemJSON"]),
  ],
  dependencies: [],
  targets: [
    .target(name: "HarnessLock"),
    .target(name: "HarnessReporting", dependencies: ["HarnessLock"]),
    .testTarget(
      name: "HarnessReportingTests", dependencies: ["HarnessReporting", "HarnessTestSupport"]),
    // No test target depends on it, or its failing suites would be linked into the tests; `swift test`
    // builds it all the same.
    .executableTarget(
      name: "HarnessFailingSuites", dependencies: ["HarnessReporting", "ProblemJSON"],
      path: "Tests/FailingSuites"),
    .target(name: "HarnessTestSupport", path: "Tests/TestSupport"),
    .target(name: "HarnessJSON"),
    .testTarget(name: "HarnessJSONTests", dependencies: ["HarnessJSON"]),
    .target(name: "ProblemJSON", dependencies: ["HarnessJSON", "HarnessReporting"]),
    .testTarget(
      name: "ProblemJSONTests",
      dependencies: ["ProblemJSON", "HarnessJSON", "HarnessReporting", "HarnessTestSupport"]),
  ]
)

// One list of settings for every Swift target; a misspelt feature is accepted in silence, so each
// name here was compared with `swiftc -print-supported-features`.
let settings: [SwiftSetting] =
  [
    "ExistentialAny", "ImmutableWeakCaptures", "InferIsolatedConformances",
    "InternalImportsByDefault", "MemberImportVisibility", "NonisolatedNonsendingByDefault",
  ].map { .enableUpcomingFeature($0) } + [
    .strictMemorySafety(), .treatAllWarnings(as: .error),
    .treatWarning("ExplicitSendable", as: .error),
  ]
for target in package.targets where [.regular, .executable, .test].contains(target.type) {
  // C targets have no Swift settings.
  if target.name.hasPrefix("CHarness") { continue }
  target.swiftSettings = (target.swiftSettings ?? []) + settings
}
