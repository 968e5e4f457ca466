// swift-tools-version: 6.3
import PackageDescription

// Fuzz targets, one executable each, whose `main` is libFuzzer's. A package of its own, because a target without a
// `main` breaks the plain build of any other.
//
//   swift build --package-path Benchmarks/Fuzz --sanitize fuzzer -c release -Xswiftc -enable-testing
//   SWIFT_BACKTRACE=enable=no Benchmarks/Fuzz/.build/release/fuzz-websocket -max_total_time=60
let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "swift-test-harness", path: "../.."),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
  ],
  targets: [
    // With `-Xswiftc -enable-testing`, because they hold parts of the module against each other.
    .executableTarget(
      name: "fuzz-archive",
      dependencies: [.product(name: "HarnessWorkbooks", package: "swift-test-harness")]),
    .executableTarget(
      name: "fuzz-sheet",
      dependencies: [.product(name: "HarnessWorkbooks", package: "swift-test-harness")]),
    .executableTarget(
      name: "fuzz-cookie",
      dependencies: [.product(name: "HTTPDriver", package: "swift-test-harness")]),
    .executableTarget(
      name: "fuzz-events",
      dependencies: [.product(name: "HTTPDriver", package: "swift-test-harness")]),
    .executableTarget(
      name: "fuzz-response",
      dependencies: [
        .product(name: "HTTPDriver", package: "swift-test-harness"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
      ]),
    .executableTarget(
      name: "fuzz-golden",
      dependencies: [
        .product(name: "GoldenFiles", package: "swift-test-harness"),
        .product(name: "HarnessXML", package: "swift-test-harness"),
        .product(name: "ProblemJSON", package: "swift-test-harness"),
      ]),
    .executableTarget(
      name: "fuzz-json",
      dependencies: [.product(name: "HarnessJSON", package: "swift-test-harness")]),
    .executableTarget(
      name: "fuzz-problem",
      dependencies: [
        .product(name: "HarnessXML", package: "swift-test-harness"),
        .product(name: "ProblemJSON", package: "swift-test-harness"),
      ]),
    .executableTarget(
      name: "fuzz-websocket",
      dependencies: [.product(name: "HarnessWebSocket", package: "swift-test-harness")]),
    .executableTarget(
      name: "fuzz-inflater",
      dependencies: [.product(name: "HarnessWebSocket", package: "swift-test-harness")]),
    .executableTarget(
      name: "fuzz-extensions",
      dependencies: [.product(name: "HarnessWebSocket", package: "swift-test-harness")]),
  ]
)

let settings: [SwiftSetting] =
  [
    "ExistentialAny", "ImmutableWeakCaptures", "InferIsolatedConformances",
    "InternalImportsByDefault", "MemberImportVisibility", "NonisolatedNonsendingByDefault",
  ].map { .enableUpcomingFeature($0) } + [.treatAllWarnings(as: .error)]
for target in package.targets {
  target.swiftSettings = settings + [.unsafeFlags(["-parse-as-library"])]
}
