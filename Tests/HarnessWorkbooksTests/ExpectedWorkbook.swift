import Foundation
import HarnessWorkbooks

/// What two independent readers found in a workbook; the form is told in `testdata/xlsx/README.md`.
struct ExpectedWorkbook: Decodable {
  struct ExpectedSheet: Decodable {
    var name: String
    var state: String
    var merged: [String]?
    var tables: [String: String]?
    var hyperlinks: [String: String]?
    var comments: [String: String]?
    var cells: [String: ExpectedCell]
  }

  struct ExpectedCell: Decodable, Hashable, CustomStringConvertible {
    var tag: String
    var value: String

    init(tag: String, value: String) {
      self.tag = tag
      self.value = value
    }

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      tag = try container.decode(String.self)
      value =
        switch tag {
        case "n", "t", "td": "\(try container.decode(Double.self))"
        case "b": "\(try container.decode(Bool.self))"
        default: try container.decode(String.self)
        }
    }

    var description: String { "[\(tag), \(value)]" }
  }

  var date1904: Bool?
  var definedNames: [String: String]?
  var sheets: [ExpectedSheet]

  init(file: String) throws {
    let json = try Data(contentsOf: URL(filePath: TestFile.path("xlsx/expected/\(file).json")))
    self = try JSONDecoder().decode(ExpectedWorkbook.self, from: json)
  }
}

extension ExpectedWorkbook.ExpectedCell {
  /// A value in the form of the dumps; nil for an empty one.
  init?(_ value: CellValue) {
    switch value {
    case .empty: return nil
    case .number(let number): self.init(tag: "n", value: "\(number)")
    case .text(let text): self.init(tag: "s", value: text)
    case .boolean(let boolean): self.init(tag: "b", value: "\(boolean)")
    case .error(let error): self.init(tag: "e", value: error.code)
    case .date(let point): self.init(tag: "d", value: "\(point)")
    case .time(let time): self.init(tag: "t", value: "\(Double(time.millisecondOfDay))")
    case .duration(let duration):
      self.init(tag: "td", value: "\((duration / .milliseconds(1)).rounded())")
    }
  }
}
