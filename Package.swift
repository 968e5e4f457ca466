// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "swift-test-harness",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "HarnessWorkbooks", targets: ["HarnessWorkbooks"])
  ],
  dependencies: [],
  targets: [
    .target(name: "HarnessLock"),

    // Only carries where libxml2 lies: its headers stay inside the C files of CHarnessXML.
    .systemLibrary(
      name: "CHarnessLibXML2",
      pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .yum(["libxml2-devel"]), .brew(["libxml2"])]
    ),
    .target(name: "CHarnessXML", dependencies: ["CHarnessLibXML2"]),
    .target(name: "CHarnessZlib", linkerSettings: [.linkedLibrary("z")]),

    .target(name: "HarnessWorkbooks", dependencies: ["CHarnessXML", "CHarnessZlib"]),
    .testTarget(name: "HarnessWorkbooksTests", dependencies: ["HarnessWorkbooks"]),
  ]
)

// One list of settings for every Swift target; a misspelt feature is accepted in silence, so each
// name here was compared with `swiftc -print-supported-features`.
let settings: [SwiftSetting] =
  [
    "ExistentialAny", "ImmutableWeakCaptures", "InferIsolatedConformances",
    "InternalImportsByDefault", "MemberImportVisibility", "NonisolatedNonsendingByDefault",
  ].map { .enableUpcomingFeature($0) } + [
    .strictMemorySafety(), .treatAllWarnings(as: .error),
    .treatWarning("ExplicitSendable", as: .error),
  ]
for target in package.targets where [.regular, .executable, .test].contains(target.type) {
  // C targets have no Swift settings.
  if target.name.hasPrefix("CHarness") { continue }
  target.swiftSettings = (target.swiftSettings ?? []) + settings
}
