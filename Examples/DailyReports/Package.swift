// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "DailyReports",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "DailyReports", targets: ["DailyReports"]),
    .executable(name: "daily-reports", targets: ["daily-reports"]),
    .executable(name: "daily-reports-faulty", targets: ["daily-reports-faulty"]),
  ],
  dependencies: [
    // In a project of its own: .package(url: "https://github.com/…/swift-test-harness", from: "…").
    .package(name: "swift-test-harness", path: "../.."),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
    .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
  ],
  targets: [
    .target(
      name: "DailyReports",
      dependencies: [
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "HarnessWorkbooks", package: "swift-test-harness"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOWebSocket", package: "swift-nio"),
        .product(name: "_NIOFileSystem", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]
    ),
    .target(
      name: "DailyReportsCommand",
      dependencies: [
        "DailyReports",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ]
    ),
    .executableTarget(
      name: "daily-reports",
      dependencies: [
        "DailyReportsCommand",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .executableTarget(
      name: "daily-reports-faulty",
      dependencies: [
        "DailyReports",
        "DailyReportsCommand",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
      ]
    ),
    .target(
      name: "DailyReportsTestSupport",
      dependencies: [
        "DailyReports",
        .product(name: "HarnessWorkbooks", package: "swift-test-harness"),
        .product(name: "InMemoryLogging", package: "swift-log"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "TestHarness", package: "swift-test-harness"),
      ],
      path: "Tests/Support"
    ),
    .testTarget(
      name: "DailyReportsTests",
      dependencies: [
        "DailyReports",
        "DailyReportsTestSupport",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "TestHarness", package: "swift-test-harness"),
      ],
      exclude: ["Goldens"]
    ),
    .testTarget(
      name: "DailyReportsXCTests",
      dependencies: [
        "DailyReportsTestSupport",
        .product(name: "TestHarness", package: "swift-test-harness"),
      ],
      exclude: ["Goldens"]
    ),
  ]
)

// The settings of the harness, for every target; a misspelt feature is accepted in silence.
let settings: [SwiftSetting] =
  [
    "ExistentialAny", "ImmutableWeakCaptures", "InferIsolatedConformances",
    "InternalImportsByDefault", "MemberImportVisibility", "NonisolatedNonsendingByDefault",
  ].map { .enableUpcomingFeature($0) } + [
    .strictMemorySafety(), .treatAllWarnings(as: .error),
    .treatWarning("ExplicitSendable", as: .error),
  ]
for target in package.targets {
  target.swiftSettings = (target.swiftSettings ?? []) + settings
}
