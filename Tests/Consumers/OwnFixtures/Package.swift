// swift-tools-version: 6.3
import PackageDescription

// A user's package that has a module named `Fixtures` of its own, as the README shows it.
let package = Package(
  name: "own-fixtures",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "swift-test-harness", path: "../../..")],
  targets: [
    .target(name: "Fixtures"),
    .testTarget(
      name: "OwnFixturesTests",
      dependencies: [
        "Fixtures",
        .product(
          name: "TestHarness", package: "swift-test-harness",
          moduleAliases: ["Fixtures": "HarnessFixtures"]),
      ]),
  ]
)
