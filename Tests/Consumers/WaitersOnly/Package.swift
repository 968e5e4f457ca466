// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "waiters-only",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "swift-test-harness", path: "../../..")],
  targets: [
    .testTarget(
      name: "WaitersOnlyTests",
      dependencies: [.product(name: "Waiters", package: "swift-test-harness")])
  ]
)
