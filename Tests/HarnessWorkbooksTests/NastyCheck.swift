import Foundation

@testable import HarnessWorkbooks

/// Holds a nasty workbook against the one that it was made of: what the form is about differs, and nothing else.
struct NastyCheck {
  private struct Part {
    let name: String
    let content: [UInt8]
    let isStored: Bool
  }

  private let form: WorkbookMutator.Form
  private let good: [UInt8]
  private let nasty: [UInt8]

  init(_ form: WorkbookMutator.Form, _ good: [UInt8], _ nasty: [UInt8]) {
    self.form = form
    self.good = good
    self.nasty = nasty
  }

  /// What is not as promised; nil when all is.
  func problem() throws -> String? {
    switch form {
    case .truncated: return good.starts(with: nasty) ? nil : "it is no start of the file"
    case .randomBytes:
      let count = zip(good, nasty).count { $0 != $1 }
      return good.count == nasty.count && 1...8 ~= count ? nil : "\(count) bytes differ"
    default: return try problemOfParts()
    }
  }

  private func problemOfParts() throws -> String? {
    let old = try Self.parts(good)
    let new = try Self.parts(nasty)
    let sheets = try Self.sheetNames(good)
    func same(_ one: [Part], _ other: [Part]) -> Bool {
      one.map(\.name) == other.map(\.name) && one.map(\.content) == other.map(\.content)
    }
    switch form {
    case .stored: return same(old, new) && new.allSatisfy(\.isStored) ? nil : "it is not stored"
    case .reorderedParts: return same(old, new.reversed()) ? nil : "it is not reversed"
    case .capitalNames:
      return new.map(\.name) == old.map { $0.name.uppercased() }
        && new.map(\.content) == old.map(\.content) ? nil : "other names"
    case .backslashNames:
      return new.map(\.name) == old.map { $0.name.replacing("/", with: "\\") }
        && new.map(\.content) == old.map(\.content) ? nil : "other names"
    case .wrongCRC:
      let isWrong = try ZipDirectory(ByteReader(bytes: nasty), limits: WorkbookLimits()).entries
        .allSatisfy { entry in
          old.contains { $0.name == entry.name && crc32(0, $0.content.span) != entry.crc }
        }
      return isWrong ? nil : "a CRC is right"
    case .lockedEntry:
      let directory = try ZipDirectory(ByteReader(bytes: nasty), limits: WorkbookLimits())
      return directory.entries.allSatisfy(\.isEncrypted) ? nil : "an entry is not locked"
    case .duplicateEntry:
      let isTwice = old.contains { $0.name == new.last?.name && $0.content == new.last?.content }
      return same(old, new.dropLast()) && isTwice ? nil : "no entry twice"
    case .traversalName, .bomb: return same(old, new.dropLast()) ? nil : "more than one part more"
    case .missingSheetPart:
      return same(old.filter { !sheets.contains($0.name) }, new) ? nil : "other parts are missing"
    case .randomPartBytes:
      let changed = zip(old, new).filter { $0.content != $1.content }
      let count = changed.first.map { zip($0.content, $1.content).count { $0 != $1 } } ?? 0
      return changed.count == 1 && 1...5 ~= count && old.map(\.name) == new.map(\.name)
        ? nil : "\(changed.count) parts and \(count) bytes"
    case .absoluteTargets, .strict:
      guard old.map(\.name) == new.map(\.name) else { return "other names" }
      for (part, changed) in zip(old, new) {
        if let problem = problem(ofLinks: changed, part) { return "\(part.name): \(problem)" }
      }
      return nil
    default:
      guard old.map(\.name) == new.map(\.name) else { return "other names" }
      for (part, changed) in zip(old, new) where part.content != changed.content {
        guard sheets.contains(part.name) else { return "\(part.name) is no sheet" }
        if let problem = problem(ofSheet: changed, part) { return "\(part.name): \(problem)" }
      }
      return nil
    }
  }

  private func problem(ofLinks changed: Part, _ part: Part) -> String? {
    let (old, new) = (Self.text(part.content), Self.text(changed.content))
    if form == .strict {
      let transitional = "http://schemas.openxmlformats.org/"
      let back = [
        ("http://purl.oclc.org/ooxml/spreadsheetml/main", "spreadsheetml/2006/main"),
        (
          "http://purl.oclc.org/ooxml/officeDocument/relationships",
          "officeDocument/2006/relationships"
        ),
      ].reduce(new) { $0.replacingOccurrences(of: $1.0, with: transitional + $1.1) }
      if old != back { return "more than namespaces differs" }
      let declares = new.contains("=\"\(transitional)spreadsheetml/2006/main\"")
      return declares ? "it is not strict" : nil
    }
    guard part.name.lowercased().hasSuffix(".rels") else {
      return old == new ? nil : "it is no relationships"
    }
    let targets = new.components(separatedBy: "<").filter {
      $0.contains("Target=") && !$0.contains("TargetMode=\"External\"")
    }
    return targets.allSatisfy { $0.contains("Target=\"/") || $0.contains("Target=\"#") }
      ? nil : "a target is relative"
  }

  private func problem(ofSheet changed: Part, _ part: Part) -> String? {
    let (old, new) = (Self.text(part.content), Self.text(changed.content))
    func without(_ text: String, _ pattern: String) -> String {
      text.replacingOccurrences(of: pattern, with: "", options: .regularExpression)
    }
    func expect(_ one: String, _ other: String) -> String? {
      one.utf8.elementsEqual(other.utf8)
        ? nil : "more than the form differs:\n\(one.prefix(1500))\n\(other.prefix(1500))"
    }
    switch form {
    case .utf16:
      let isMarked = changed.content.starts(with: [0xFF, 0xFE])
      return isMarked
        ? expect(without(new, "encoding=.[^\"']*."), without(old, "encoding=.[^\"']*."))
        : "it has no mark"
    case .prefixed:
      let back = new.replacingOccurrences(of: "<nasty:", with: "<")
        .replacingOccurrences(of: "</nasty:", with: "</")
        .replacingOccurrences(of: "xmlns:nasty=", with: "xmlns=")
      return expect(back, old)
    case .withoutReferences:
      let reference = "(<(\\w+:)?(row|c)\\b[^>]*?)\\s+r=(\"[^\"]*\"|'[^']*')"
      guard !old.contains("urn:other") else { return nil }
      let back = old.replacingOccurrences(of: reference, with: "$1", options: .regularExpression)
      return expect(new, back)
    case .lyingDimension:
      guard old.contains("</worksheet") || old.contains("</x:worksheet") else { return nil }
      let dimension = "<(\\w+:)?dimension[^>]*/>"
      return new.contains("dimension ref=")
        ? expect(without(new, dimension), without(old, dimension)) : "it has no dimension"
    case .cdata:
      guard !old.contains("&"), !old.contains("<![CDATA[") else { return nil }
      return expect(without(new, "<!\\[CDATA\\[|\\]\\]>"), old)
    case .comments:
      return expect(without(new, "<!-- - -->|<!---->"), without(old, "<!-- - -->|<!---->"))
    case .instructions:
      return expect(without(new, "<\\?nasty row\\?>"), without(old, "<\\?nasty row\\?>"))
    case .doctype: return expect(without(new, "<!DOCTYPE [^\\[]*\\[<!ENTITY a \"b\">\\]>"), old)
    case .unclosedSheet:
      if new.hasSuffix("sheetData>"), !old.utf8.starts(with: new.utf8) { return nil }
      return old.utf8.starts(with: new.utf8) && new.contains("sheetData")
        && !new.contains("/sheetData")
        || old.contains("<!-- <sheetData> -->") ? nil : "it does not end within its data"
    default:
      let added = without(
        new, "<(\\w+:)?row>(<(\\w+:)?(nest|c).*</(\\w+:)?row>)(?=</(\\w+:)?sheetData\\s*>)")
      return new.count > old.count && (added != new || form == .manyAttributes)
        ? nil : "no row was added"
    }
  }

  private static func sheetNames(_ bytes: [UInt8]) throws -> Set<String> {
    let workbook = try Workbook(bytes: bytes)
    return Set(try workbook.sheets.filter(\.isWorksheet).map { try workbook.entry(of: $0).name })
  }

  private static func text(_ content: [UInt8]) -> String {
    if content.starts(with: [0xFF, 0xFE]) || content.starts(with: [0xFE, 0xFF]) {
      return String(data: Data(content), encoding: .utf16) ?? ""
    }
    return String(
      decoding: content.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(content.dropFirst(3)) : content,
      as: UTF8.self)
  }

  /// The parts in the order of the file, with what a reader of archives would refuse.
  private static func parts(_ bytes: [UInt8]) throws -> [Part] {
    let file = ByteReader(bytes: bytes)
    let directory = try ZipDirectory(file, limits: WorkbookLimits())
    return try directory.entries.filter { !$0.name.hasSuffix("/") }
      .sorted { $0.headerOffset < $1.headerOffset }.map { entry in
        let start =
          entry.headerOffset + 30 + file.uint16(at: entry.headerOffset + 26)!
          + file.uint16(at: entry.headerOffset + 28)!
        let packed = Array(bytes[start..<start + entry.packedSize])
        let content = try entry.method == 0 ? packed : inflated(packed, entry.size)
        return Part(name: entry.name, content: content, isStored: entry.method == 0)
      }
  }

  private static func inflated(_ packed: [UInt8], _ size: Int) throws -> [UInt8] {
    guard size > 0 else { return [] }
    var inflater = try Inflater()
    var content = [UInt8](repeating: 0, count: size)
    _ = inflater.step(packed.span, into: &content, 0..<size)
    return content
  }
}
