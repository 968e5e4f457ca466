// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "hummingbird-example",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "swift-test-harness", path: "../.."),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .target(
      name: "Notes",
      dependencies: [.product(name: "Hummingbird", package: "hummingbird")]),
    .testTarget(
      name: "NotesTests",
      dependencies: [
        "Notes",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "TestHarness", package: "swift-test-harness"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
      ]),
  ]
)
