// swift-tools-version: 6.3
import PackageDescription

// Measurements and the programs through which outside suites are fed. A package of its own, so that
// nobody who tests with the harness builds it.
let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "swift-test-harness", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
  ],
  targets: [
    .executableTarget(
      name: "bench",
      dependencies: [
        .product(name: "GoldenFiles", package: "swift-test-harness"),
        .product(name: "HTTPDriver", package: "swift-test-harness"),
        .product(name: "HarnessJSON", package: "swift-test-harness"),
        .product(name: "HarnessWorkbooks", package: "swift-test-harness"),
        .product(name: "Waiters", package: "swift-test-harness"),
        .product(name: "WSDriver", package: "swift-test-harness"),
        .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOWebSocket", package: "swift-nio"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "AsyncAlgorithms", package: "swift-async-algorithms"),
      ]),
    .executableTarget(
      name: "conformance",
      dependencies: [
        .product(name: "HarnessJSON", package: "swift-test-harness"),
        .product(name: "HarnessXML", package: "swift-test-harness"),
        .product(name: "ProblemJSON", package: "swift-test-harness"),
        .product(name: "WSDriver", package: "swift-test-harness"),
        .product(name: "HarnessWorkbooks", package: "swift-test-harness"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
  ]
)

let settings: [SwiftSetting] =
  [
    "ExistentialAny", "ImmutableWeakCaptures", "InferIsolatedConformances",
    "InternalImportsByDefault", "MemberImportVisibility", "NonisolatedNonsendingByDefault",
  ].map { .enableUpcomingFeature($0) } + [.strictMemorySafety(), .treatAllWarnings(as: .error)]
for target in package.targets {
  target.swiftSettings = settings
}
