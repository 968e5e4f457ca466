// swift-tools-version: 6.3
import PackageDescription

// Fuzz targets, a package of their own because a plain build of them has no `main`:
// `swift build -c release --sanitize fuzzer`, then `fuzz-golden -max_total_time=5 corpus/golden`.
let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "swift-test-harness", path: "../..")],
  targets: [
    .executableTarget(
      name: "fuzz-golden",
      dependencies: [.product(name: "GoldenFiles", package: "swift-test-harness")]),
    .executableTarget(
      name: "fuzz-problem",
      dependencies: [
        .product(name: "HarnessXML", package: "swift-test-harness"),
        .product(name: "ProblemJSON", package: "swift-test-harness"),
      ]),
  ]
)

let settings: [SwiftSetting] =
  [
    "ExistentialAny", "ImmutableWeakCaptures", "InferIsolatedConformances",
    "InternalImportsByDefault", "MemberImportVisibility", "NonisolatedNonsendingByDefault",
  ].map { .enableUpcomingFeature($0) } + [.strictMemorySafety(), .treatAllWarnings(as: .error)]
for target in package.targets {
  target.swiftSettings = settings + [.unsafeFlags(["-parse-as-library"])]
}
