// swift-tools-version: 6.3
import PackageDescription

// A suite that drives a service over HTTP, and imports nothing else.
let package = Package(
  name: "http-only",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "swift-test-harness", path: "../../..")],
  targets: [
    .testTarget(
      name: "HTTPOnlyTests",
      dependencies: [.product(name: "HTTPDriver", package: "swift-test-harness")])
  ]
)
