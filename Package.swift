// swift-tools-version: 6.3
import PackageDescription

let tls = TargetDependencyCondition.when(traits: ["TLS"])

let package = Package(
  name: "swift-test-harness",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "TestHarness", targets: ["TestHarness"]),
    .library(name: "Fixtures", targets: ["Fixtures"]),
    .library(name: "GoldenFiles", targets: ["GoldenFiles"]),
    .library(name: "HTTPDriver", targets: ["HTTPDriver"]),
    .library(name: "HTTPDriverHummingbird", targets: ["HTTPDriverHummingbird"]),
    .library(name: "WSDriver", targets: ["WSDriver"]),
    .library(name: "Waiters", targets: ["Waiters"]),
    .library(name: "ProblemJSON", targets: ["ProblemJSON"]),
    .library(name: "HarnessJSON", targets: ["HarnessJSON"]),
    .library(name: "HarnessReporting", targets: ["HarnessReporting"]),
    .library(name: "HarnessWebSocket", targets: ["HarnessWebSocket"]),
    .library(name: "HarnessWorkbooks", targets: ["HarnessWorkbooks"]),
    .library(name: "HarnessXML", targets: ["HarnessXML"]),
    .executable(name: "harness", targets: ["HarnessCommand"]),
    .plugin(name: "HarnessPlugin", targets: ["HarnessPlugin"]),
    // Without the trait `TLS` its names are unavailable.
    .library(name: "HTTPDriverTLS", targets: ["HTTPDriverTLS"]),
  ],
  traits: [
    .trait(
      name: "Hummingbird",
      description:
        "HTTPDriverHummingbird: drives Hummingbird applications in process and over sockets."),
    .trait(name: "TLS", description: "HTTPDriverTLS: TLS with a test authority, and HTTP/2."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    // Only with the trait Hummingbird: without it they are not even cloned.
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    // Only with the trait TLS.
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto", "3.12.3"..<"5.0.0"),
    .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
  ],
  targets: [
    // Foundations.
    .target(name: "CHarnessSystem"),
    .target(name: "HarnessLock", dependencies: ["CHarnessSystem"]),
    .target(name: "HarnessReporting", dependencies: ["HarnessLock"]),
    .target(name: "HarnessJSON"),
    .target(name: "CHarnessConcurrency"),
    .target(name: "HarnessProcess", dependencies: ["CHarnessSystem", "HarnessLock"]),
    // Waiting.
    .target(
      name: "Waiters",
      dependencies: [
        "CHarnessConcurrency", "CHarnessSystem", "HarnessLock", "HarnessProcess",
        "HarnessReporting",
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
      ]),
    // Workbooks. CHarnessLibXML2 only carries where libxml2 lies: its headers stay inside CHarnessXML.
    .systemLibrary(
      name: "CHarnessLibXML2",
      pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .yum(["libxml2-devel"]), .brew(["libxml2"])]
    ),
    .target(name: "CHarnessXML", dependencies: ["CHarnessLibXML2"]),
    .target(name: "CHarnessZlib", linkerSettings: [.linkedLibrary("z")]),
    .target(name: "HarnessWebSocket", dependencies: ["CHarnessZlib"]),
    .target(
      name: "HarnessWorkbooks", dependencies: ["CHarnessXML", "CHarnessZlib", "HarnessLock"]),
    .target(
      name: "Fixtures",
      dependencies: [
        "GoldenFiles", "HarnessJSON", "HarnessLock", "HarnessReporting", "HarnessWorkbooks",
      ]),
    // Comparing.
    .target(name: "HarnessLines", dependencies: ["HarnessJSON"]),
    .target(
      name: "GoldenFiles",
      dependencies: ["HarnessJSON", "HarnessLines", "HarnessLock", "HarnessReporting"]),
    // The goldens that wait for review, and those that nobody uses: the logic of `harness golden`.
    .target(name: "HarnessGoldens", dependencies: ["HarnessJSON", "HarnessLines"]),
    .target(
      name: "ProblemJSON",
      dependencies: ["GoldenFiles", "HarnessJSON", "HarnessLock", "HarnessReporting"]),
    .target(
      name: "HarnessXML",
      dependencies: [
        "CHarnessXML", "GoldenFiles", "HarnessJSON", "HarnessReporting", "ProblemJSON",
      ]),
    // Driving.
    .target(
      name: "HTTPDriver",
      dependencies: [
        "CHarnessZlib", "GoldenFiles", "HarnessJSON", "HarnessLock", "HarnessProcess",
        "HarnessReporting", "ProblemJSON", "Waiters",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .target(
      name: "WSDriver",
      dependencies: [
        "HTTPDriver", "HarnessJSON", "HarnessLock", "HarnessReporting", "HarnessWebSocket",
        "Waiters",
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ]),
    // Without the trait Hummingbird its names are unavailable.
    .target(
      name: "HTTPDriverHummingbird",
      dependencies: [
        "HTTPDriver", "HarnessLock", "HarnessReporting", "Waiters",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]
        + [
          ("Hummingbird", "hummingbird"), ("HummingbirdCore", "hummingbird"),
          ("Logging", "swift-log"), ("ServiceLifecycle", "swift-service-lifecycle"),
        ].map { .product(name: $0, package: $1, condition: .when(traits: ["Hummingbird"])) }),
    .target(
      name: "HTTPDriverTLS",
      dependencies: [
        "HTTPDriver", "HarnessLock",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "Crypto", package: "swift-crypto", condition: tls),
        .product(name: "NIOHPACK", package: "swift-nio-http2", condition: tls),
        .product(name: "NIOHTTP2", package: "swift-nio-http2", condition: tls),
        .product(name: "NIOSSL", package: "swift-nio-ssl", condition: tls),
        .product(name: "NIOTLS", package: "swift-nio", condition: tls),
        .product(name: "SwiftASN1", package: "swift-asn1", condition: tls),
        .product(name: "X509", package: "swift-certificates", condition: tls),
      ]),
    // Everything at once.
    .target(
      name: "TestHarness",
      dependencies: [
        "Fixtures", "GoldenFiles", "HTTPDriver", "ProblemJSON", "WSDriver", "Waiters",
      ]),
    // The command, and the plugin that makes it `swift package harness`.
    .target(name: "HarnessLint"),
    .executableTarget(name: "HarnessCommand", dependencies: ["HarnessGoldens", "HarnessLint"]),
    .plugin(
      name: "HarnessPlugin",
      capability: .command(
        intent: .custom(
          verb: "harness",
          description: "Finds sleeps and poll loops, and reviews golden files")),
      dependencies: ["HarnessCommand"],
      path: "Sources/HarnessPlugin"),
    // Tests.
    .target(
      name: "HarnessTestSupport", dependencies: ["GoldenFiles", "HarnessProcess", "ProblemJSON"],
      path: "Tests/TestSupport"),
    .target(
      name: "HarnessLoopback",
      dependencies: [
        "HTTPDriver", "HarnessLock", "Waiters",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOWebSocket", package: "swift-nio"),
      ],
      path: "Tests/Loopback"),
    // No test target depends on it, or its failing suites would be linked into the tests; `swift test`
    // builds it all the same.
    .executableTarget(
      name: "HarnessFailingSuites",
      dependencies: [
        "Fixtures", "GoldenFiles", "HTTPDriver", "HarnessLock", "HarnessReporting",
        "HarnessTestSupport", "HarnessXML", "ProblemJSON", "WSDriver", "Waiters",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      path: "Tests/FailingSuites",
      exclude: ["Goldens"]),
    // The same for HTTPDriverTLS; empty without the trait `TLS`.
    .executableTarget(
      name: "HarnessFailingTLSSuites",
      dependencies: ["HTTPDriver", "HTTPDriverTLS", "HarnessLoopback"],
      path: "Tests/FailingTLSSuites"),
    .testTarget(
      name: "FixturesTests",
      dependencies: ["Fixtures", "GoldenFiles", "HarnessJSON", "HarnessTestSupport"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "GoldenFilesTests",
      dependencies: ["GoldenFiles", "HarnessReporting", "HarnessTestSupport"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "HTTPDriverTests",
      dependencies: [
        "HTTPDriver", "HTTPDriverTLS", "HarnessJSON", "HarnessLock", "HarnessLoopback",
        "HarnessProcess", "HarnessReporting", "HarnessTestSupport", "Waiters",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      exclude: ["Goldens"]),
    // Empty without the trait `TLS`; HTTPDriverTests then has no transports of its own for it either.
    .testTarget(
      name: "HTTPDriverTLSTests",
      dependencies: [
        "HTTPDriver", "HTTPDriverTLS", "HarnessLock", "HarnessLoopback", "HarnessProcess",
        "HarnessTestSupport", "WSDriver", "Waiters",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP2", package: "swift-nio-http2", condition: tls),
        .product(name: "NIOSSL", package: "swift-nio-ssl", condition: tls),
        .product(name: "SwiftASN1", package: "swift-asn1", condition: tls),
        .product(name: "X509", package: "swift-certificates", condition: tls),
      ]),
    .testTarget(
      name: "HarnessGoldensTests",
      dependencies: ["GoldenFiles", "HarnessGoldens", "HarnessProcess"],
      exclude: ["Goldens"]),
    .testTarget(name: "HarnessJSONTests", dependencies: ["HarnessJSON"]),
    .testTarget(name: "HarnessLinesTests", dependencies: ["HarnessLines"]),
    .testTarget(
      name: "HarnessLintTests",
      dependencies: ["GoldenFiles", "HarnessLint", "HarnessProcess"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "HarnessProcessTests", dependencies: ["CHarnessSystem", "HarnessProcess", "Waiters"]),
    .testTarget(
      name: "HarnessReportingTests",
      dependencies: ["HarnessLock", "HarnessReporting", "HarnessTestSupport"]),
    .testTarget(name: "HarnessWebSocketTests", dependencies: ["HarnessWebSocket"]),
    .testTarget(
      name: "HarnessWorkbooksTests", dependencies: ["HarnessProcess", "HarnessWorkbooks"]),
    .testTarget(
      name: "HarnessXMLTests",
      dependencies: [
        "GoldenFiles", "HarnessJSON", "HarnessTestSupport", "HarnessXML", "ProblemJSON",
      ],
      exclude: ["Goldens"]),
    .testTarget(
      name: "ProblemJSONTests", dependencies: ["GoldenFiles", "HarnessTestSupport", "ProblemJSON"],
      exclude: ["Goldens"]),
    .testTarget(name: "ShuffledOrderTests", dependencies: ["HarnessProcess"]),
    .testTarget(name: "TestHarnessTests", dependencies: ["TestHarness"]),
    .testTarget(
      name: "WSDriverTests",
      dependencies: [
        "HTTPDriver", "HarnessJSON", "HarnessLoopback", "HarnessProcess", "HarnessReporting",
        "HarnessTestSupport", "HarnessWebSocket", "ProblemJSON", "WSDriver", "Waiters",
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ]),
    .testTarget(
      name: "WaitersTests",
      dependencies: [
        "GoldenFiles", "HarnessLock", "HarnessReporting", "HarnessTestSupport", "Waiters",
      ],
      exclude: [
        "Bridges/Goldens", "Cancellation/Goldens", "Hangs/Goldens", "Verdicts/Goldens",
        "VirtualTime/Goldens",
      ]),
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

// A trait changes the flags of every target, so its tests have a scratch path of their own, where only they are built:
// `Scripts/test` names them.
if let only = Context.environment["HARNESS_TEST_TARGETS"]?.split(separator: ",").map(String.init) {
  package.targets.removeAll { target in
    let isForTests = target.type == .test || target.name == "HarnessFailingSuites"
    return isForTests && !only.contains(target.name)
  }
}
