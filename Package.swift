// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "swift-test-harness",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Waiters", targets: ["Waiters"]),
    .library(name: "HarnessReporting", targets: ["HarnessReporting"]),
    .library(name: "HarnessJSON", targets: ["HarnessJSON"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0")
  ],
  targets: [
    // Foundations.
    .target(name: "HarnessLock"),
    .target(name: "HarnessReporting", dependencies: ["HarnessLock"]),
    .target(name: "HarnessJSON"),
    // Processes.
    .target(name: "CHarnessSystem"),
    .target(name: "HarnessProcess", dependencies: ["CHarnessSystem", "HarnessLock"]),
    // Waiting.
    .target(
      name: "Waiters",
      dependencies: [
        "HarnessLock", "HarnessReporting",
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
      ]),
    // Tests.
    .target(name: "HarnessTestSupport", path: "Tests/TestSupport"),
    // No test target depends on it, or its failing suites would be linked into the tests; `swift test`
    // builds it all the same.
    .executableTarget(
      name: "HarnessFailingSuites", dependencies: ["HarnessReporting", "Waiters"],
      path: "Tests/FailingSuites"),
    .testTarget(
      name: "HarnessReportingTests", dependencies: ["HarnessReporting", "HarnessTestSupport"]),
    .testTarget(
      name: "HarnessProcessTests", dependencies: ["CHarnessSystem", "HarnessProcess", "Waiters"]),
    .testTarget(name: "HarnessJSONTests", dependencies: ["HarnessJSON"]),
    .testTarget(
      name: "WaitersTests",
      dependencies: ["HarnessLock", "HarnessReporting", "HarnessTestSupport", "Waiters"]),
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
