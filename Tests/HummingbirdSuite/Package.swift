// swift-tools-version: 6.3
import PackageDescription

// The tests of HTTPDriverHummingbird: a package of its own, as the trait is an option of whoever depends on the
// harness, and would have all of it compiled anew in the harness itself.
let package = Package(
  name: "hummingbird-suite",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "swift-test-harness", path: "../..", traits: ["Hummingbird"]),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // The service under test.
    .target(
      name: "Shop",
      dependencies: [
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Waiters", package: "swift-test-harness"),
      ]),
    .testTarget(
      name: "HummingbirdTests",
      dependencies: [
        "Shop",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPDriver", package: "swift-test-harness"),
        .product(name: "HTTPDriverHummingbird", package: "swift-test-harness"),
        .product(name: "HarnessJSON", package: "swift-test-harness"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Waiters", package: "swift-test-harness"),
      ]),
    // What every transport of HTTPDriver must do, by links to its own suite.
    .testTarget(
      name: "HummingbirdConformanceTests",
      dependencies: [
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPDriver", package: "swift-test-harness"),
        .product(name: "HTTPDriverHummingbird", package: "swift-test-harness"),
        .product(name: "HarnessJSON", package: "swift-test-harness"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Waiters", package: "swift-test-harness"),
      ]),
  ]
)

let settings: [SwiftSetting] =
  [
    "ExistentialAny", "ImmutableWeakCaptures", "InferIsolatedConformances",
    "InternalImportsByDefault", "MemberImportVisibility", "NonisolatedNonsendingByDefault",
  ].map { .enableUpcomingFeature($0) } + [
    .strictMemorySafety(), .treatAllWarnings(as: .error),
    .treatWarning("ExplicitSendable", as: .error),
  ]
for target in package.targets { target.swiftSettings = settings }
