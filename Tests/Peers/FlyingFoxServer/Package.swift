// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that nobody who uses or builds ours fetches the peer.
let package = Package(
  name: "flying-fox-server",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "swift-test-harness", path: "../../.."),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
  ],
  targets: [
    .testTarget(
      name: "FlyingFoxServerTests",
      dependencies: [
        .product(name: "WSDriver", package: "swift-test-harness"),
        .product(name: "FlyingFox", package: "FlyingFox"),
      ]),
    // What every transport of HTTPDriver must do, by links to its own suite.
    .testTarget(
      name: "FlyingFoxConformanceTests",
      dependencies: [
        .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
        .product(name: "HTTPDriver", package: "swift-test-harness"),
        .product(name: "HarnessJSON", package: "swift-test-harness"),
        .product(name: "Waiters", package: "swift-test-harness"),
      ]),
  ]
)
