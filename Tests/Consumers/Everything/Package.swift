// swift-tools-version: 6.3
import PackageDescription

// A user's package with the whole harness, and with the strictest rule about imports switched on.
let package = Package(
  name: "everything",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "swift-test-harness", path: "../../..")],
  targets: [
    .testTarget(
      name: "EverythingTests",
      dependencies: [.product(name: "TestHarness", package: "swift-test-harness")],
      swiftSettings: [.enableUpcomingFeature("MemberImportVisibility")])
  ]
)
