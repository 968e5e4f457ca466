import Fixtures
import Foundation
import Testing

/// Views of folders that have symbolic links, or are something else than a plain folder.
@Suite struct `A view of a folder with links` {
  private static let files = FileManager.default

  /// Makes a folder `view` of fixtures with links of every sort, and a file beside it.
  private static func withFixtures(_ body: (Bundle, URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try folder.write(Array("original".utf8), to: "view/real.txt")
      try folder.write(Array("deep".utf8), to: "view/sub/deep.txt")
      try folder.write(Array("deeper".utf8), to: "view/sub/more/deeper.txt")
      try folder.write(Array("secret".utf8), to: "outside.txt")
      let view = folder.url.appending(path: "view")
      let links = [
        ("link.txt", "real.txt"), ("absolute.txt", view.appending(path: "real.txt").path),
        ("linked", "sub"), ("outside.txt", "../outside.txt"), ("nowhere.txt", "missing.txt"),
        ("absent.txt", view.appending(path: "missing.txt").path), ("loop", "."),
        ("sub/loop", ".."), ("self", "self"), ("chain.txt", "link.txt"),
      ]
      for (link, target) in links {
        try files.createSymbolicLink(
          atPath: view.appending(path: link).path, withDestinationPath: target)
      }
      try files.createSymbolicLink(
        atPath: folder.url.appending(path: "linkedview").path, withDestinationPath: "view")
      try files.createDirectory(
        at: view.appending(path: "empty"), withIntermediateDirectories: true)
      try body(#require(Bundle(path: folder.url.path)), folder.url)
    }
  }

  /// Everything in a folder: the links themselves, and the bytes of files.
  private static func state(of folder: URL) throws -> [String: String] {
    var state: [String: String] = [:]
    for name in try files.subpathsOfDirectory(atPath: folder.path) {
      let path = folder.appending(path: name).path
      let target = try? files.destinationOfSymbolicLink(atPath: path)
      state[name] =
        target ?? files.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
    return state
  }

  private static let shown = [
    "absolute.txt", "chain.txt", "link.txt", "linked/deep.txt", "linked/more/deeper.txt",
    "outside.txt", "real.txt", "sub/deep.txt", "sub/more/deeper.txt",
  ]

  private static func overwrite(_ path: String) throws {
    // In place, as a program does: a link at the path would be followed.
    let file = try FileHandle(forUpdating: URL(filePath: path))
    try file.truncate(atOffset: 0)
    try file.write(contentsOf: Data("CHANGED".utf8))
    try file.close()
  }

  @Test func `shows what the links lead to, and what leads nowhere not`() throws {
    try Self.withFixtures { bundle, _ in
      try withFixtureView(of: "view", in: bundle) { view in
        #expect(view.names == Self.shown)
        let deep = try view.bytes("linked/deep.txt")
        #expect(deep == Array("deep".utf8))
        #expect(throws: CocoaError.self) { try view.path("nowhere.txt") }
        for loop in ["self", "loop", "loop/real.txt", "sub/loop", "linked/loop/sub/deep.txt"] {
          #expect(throws: CocoaError.self, "\(loop)") { try view.path(loop) }
        }
      }
    }
  }

  @Test(arguments: shown)
  func `never changes the fixtures when a file is`(name: String) throws {
    try Self.withFixtures { bundle, root in
      let before = try Self.state(of: root)
      try withFixtureView(of: "view", in: bundle) { view in
        try Self.overwrite(view.path(changing: name))
        #expect(try view.bytes(name) == Array("CHANGED".utf8))
        try view.write(Array("AGAIN".utf8), to: name)
        #expect(try view.bytes(name) == Array("AGAIN".utf8))
        #expect(view.names == Self.shown)
        try view.remove(name)
        #expect(view.names == Self.shown.filter { $0 != name })
      }
      #expect(try Self.state(of: root) == before)
    }
  }

  @Test(arguments: ["nowhere.txt", "absent.txt", "self", "new/absent.txt"])
  func `never changes them when a link that leads nowhere is written`(name: String) throws {
    try Self.withFixtures { bundle, root in
      let before = try Self.state(of: root)
      try withFixtureView(of: "view", in: bundle) { view in
        let path = try view.path(changing: name)
        try Data("CHANGED".utf8).write(to: URL(filePath: path))
        #expect(try view.bytes(name) == Array("CHANGED".utf8))
      }
      #expect(try Self.state(of: root) == before)
    }
  }

  @Test(arguments: ["", "linked", "sub"])
  func `never changes them when a program has a whole folder`(name: String) throws {
    try Self.withFixtures { bundle, root in
      let before = try Self.state(of: root)
      try withFixtureView(of: "view", in: bundle) { view in
        for folder in [try view.complete(), try view.path(changing: name)] {
          for file in try Self.files.subpathsOfDirectory(atPath: folder) {
            let path = URL(filePath: folder).appending(path: file).path
            #expect((try? Self.files.destinationOfSymbolicLink(atPath: path)) == nil)
            var isFolder: ObjCBool = false
            _ = unsafe Self.files.fileExists(atPath: path, isDirectory: &isFolder)
            if !isFolder.boolValue { try Self.overwrite(path) }
          }
        }
      }
      #expect(try Self.state(of: root) == before)
    }
  }

  @Test func `is complete with empty folders, also of a linked folder and of nothing`() throws {
    try Self.withFixtures { bundle, _ in
      for name in ["view", "linkedview"] {
        try withFixtureView(of: name, in: bundle) { view in
          #expect(view.names == Self.shown)
          let names = try Self.files.subpathsOfDirectory(atPath: view.complete())
          #expect(names.filter { $0.hasSuffix(".txt") }.sorted() == Self.shown)
          #expect(names.contains("empty"))
        }
      }
      try withFixtureView(of: "view/empty", in: bundle) { view in
        #expect(view.names == [])
        let names = try Self.files.contentsOfDirectory(atPath: view.complete())
        #expect(names == [])
      }
    }
  }

  @Test func `removes folders, and shows them as they were changed`() throws {
    try Self.withFixtures { bundle, _ in
      try withFixtureView(of: "view", in: bundle) { view in
        let root = try view.path("sub")
        try view.write([65], to: "sub/new.txt")
        let merged = try view.path("sub")
        #expect(merged != root)
        #expect(
          try Self.files.contentsOfDirectory(atPath: merged).sorted()
            == ["deep.txt", "more", "new.txt"])
        try view.remove("sub/more")
        #expect(throws: CocoaError.self) { try view.path("sub/more/deeper.txt") }
        #expect(
          try Self.files.contentsOfDirectory(atPath: view.path("sub")).sorted()
            == ["deep.txt", "new.txt"])
        try view.remove("sub")
        #expect(throws: CocoaError.self) { try view.path("sub") }
        #expect(throws: CocoaError.self) { try view.remove("sub/deep.txt") }
        #expect(!view.names.contains { $0.hasPrefix("sub/") })
        // A file in place of the folder, and the other way round.
        try view.write([66], to: "sub")
        #expect(try view.bytes("sub") == [66])
        let inFile = #expect(throws: FixtureViewError.self) { try view.write([1], to: "sub/a") }
        #expect(
          inFile?.description
            == "\"sub\" in the view of fixtures is a file, and nothing can lie in it")
        let overFolder = #expect(throws: FixtureViewError.self) {
          try view.write([1], to: "linked")
        }
        #expect(
          overFolder?.description
            == "\"linked\" in the view of fixtures is a folder, which must be removed before")
        try view.remove("")
        #expect(view.names == [])
        try view.write([1], to: "./a//b.txt")
        #expect(view.names == ["a/b.txt"])
        #expect(try view.bytes("a/b.txt") == [1])
      }
    }
  }

  @Test func `takes what is removed from a folder that is changed`() throws {
    try Self.withFixtures { bundle, _ in
      try withFixtureView(of: "view", in: bundle) { view in
        let folder = try view.path(changing: "sub")
        try Self.files.removeItem(atPath: "\(folder)/deep.txt")
        #expect(throws: CocoaError.self) { try view.path("sub/deep.txt") }
        #expect(try view.path("sub/more/deeper.txt") == "\(folder)/more/deeper.txt")
        let file = try view.path(changing: "real.txt")
        try Self.files.removeItem(atPath: file)
        #expect(throws: CocoaError.self) { try view.path("real.txt") }
      }
    }
  }

  @Test func `lets a copy be written of a file that may not`() throws {
    try Self.withFixtures { bundle, root in
      let path = root.appending(path: "view/real.txt").path
      try Self.files.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
      try withFixtureView(of: "view", in: bundle) { view in
        let copy = try view.path(changing: "real.txt")
        #expect(try Self.files.attributesOfItem(atPath: copy)[.posixPermissions] as? Int == 0o644)
      }
      #expect(try Self.files.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o444)
    }
  }

  @Test func `may be used by tasks at the same time`() async throws {
    let report = "2025 06 22 ISX Daily Report.xlsx"
    try await withFixtureView(of: "isx") { view in
      let errors = await withTaskGroup(of: String?.self) { group in
        for _ in 0..<16 {
          group.addTask {
            do {
              _ = try view.path(changing: report)
              return nil
            } catch { return "\(error)" }
          }
        }
        return await group.reduce(into: [String?]()) { $0.append($1) }
      }
      #expect(errors.compactMap { $0 } == [])
    }
  }
}
