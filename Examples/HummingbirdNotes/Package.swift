// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "hummingbird-example",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "swift-test-harness", path: "../..", traits: ["Hummingbird"]),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
  ],
  targets: [
    .target(
      name: "Notes",
      dependencies: [.product(name: "Hummingbird", package: "hummingbird")]),
    .testTarget(
      name: "NotesTests",
      dependencies: [
        "Notes",
        .product(name: "HTTPDriverHummingbird", package: "swift-test-harness"),
        .product(name: "TestHarness", package: "swift-test-harness"),
      ]),
  ]
)
